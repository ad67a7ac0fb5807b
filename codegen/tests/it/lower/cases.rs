//! Enums that are taken apart, and states that run in any case.

use insta::assert_snapshot;

use super::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Event {
    Created { id: String, status: Status },
    Deleted(Line),
    Nothing,
}

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Envelope {
    event: Event,
}

fn by_event(s: &mut Scope, input: Ref<Envelope>) -> Ref<String> {
    choose!(s, "WhichEvent", input.event, {
        Event::Created { id, status } => |s| {
            s.when("IsOpen", cond!(status == Status::Open), |s| s.wait("Pause", 1.seconds()));
            s.task(ship(id))
        },
        Event::Deleted(line) => |_| line.sku,
        Event::Nothing => |s| s.fail(Broken, "nothing happened"),
    })
}

#[test]
fn an_enum_is_taken_apart_by_a_choice_without_a_default() {
    #[workflow]
    fn w(s: &mut Scope, input: Ref<Envelope>) -> Ref<String> {
        by_event(s, input)
    }
    assert_snapshot!(states(&w()));
}

#[test]
fn an_enum_is_taken_apart_in_jsonpath() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, input: Ref<Envelope>) -> Ref<String> {
        by_event(s, input)
    }
    assert_snapshot!(states(&w()));
}

#[test]
fn several_variants_share_an_arm_and_the_rest_is_the_default() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let status = s.var("status", order.status);
        choose!(s, "Which", status, {
            Status::Open | Status::PaidInFull => |_| expr!("known"),
            _ => |_| expr!("unknown"),
        })
    }
    assert_snapshot!(field(&w(), "Which", "Choices"), @r#"[{"Condition":"{% $status = 'OPEN' or $status = 'PAID_IN_FULL' %}","Assign":{"which":"known"},"Next":"WhichEnd"}]"#);
    assert_snapshot!(field(&w(), "Which", "Default"), @r#""WhichEnd""#);
}

#[test]
fn rules_have_comments() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.choice("Which")
            .when(cond!(order.status == Status::Open), |_| ())
            .rule_comment("nobody has paid")
            .otherwise(|_| ());
    }
    assert_snapshot!(field(&w(), "Which", "Choices"), @r#"[{"Comment":"nobody has paid","Variable":"$.status","StringEquals":"OPEN","Next":"WhichEnd"}]"#);
}

#[test]
fn a_release_has_one_state_for_every_exit() {
    fn with_line(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.with_resource(
            "Work",
            reserve(order.id),
            |s, line| s.task(ship(line.sku)),
            |s, line| {
                s.task(ship(line.sku).named("GiveBack"));
            },
        )
    }
    #[workflow]
    fn jsonata(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        with_line(s, order)
    }
    #[workflow(query_language = "JSONPath")]
    fn jsonpath(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        with_line(s, order)
    }
    assert_snapshot!(states(&jsonata()));
    assert_snapshot!(states(&jsonpath()));
}

#[test]
fn an_error_is_read_from_the_data_or_a_constant() {
    fn fails(s: &mut Scope, order: Ref<Order>) {
        s.when("IsPaid", order.paid, |s| s.fail(Declined, fmt!("order {}", order.id)));
        s.when("IsOpen", cond!(order.count > 3), |s| s.fail_as("GiveUp", order.id, None::<String>));
        s.when("IsDear", cond!(order.count > 5), |s| s.fail_as("TooDear", Broken, order.id));
    }
    #[workflow]
    fn jsonata(s: &mut Scope, order: Ref<Order>) {
        fails(s, order);
    }
    #[workflow(query_language = "JSONPath")]
    fn jsonpath(s: &mut Scope, order: Ref<Order>) {
        fails(s, order);
    }
    let machines = [compile(&jsonata()), compile(&jsonpath())];
    let fails = machines.map(|compiled| {
        let machine = asl::to_value(&compiled.expect("it compiles").machine);
        ["Declined", "GiveUp", "TooDear"].map(|name| machine["States"][name].to_string())
    });
    assert_snapshot!(fails.concat().join("\n"), @r#"
    {"Type":"Fail","Error":"Declined","Cause":"{% 'order ' & $order.id %}"}
    {"Type":"Fail","Error":"{% $order.id %}"}
    {"Type":"Fail","Error":"Broken","Cause":"{% $order.id %}"}
    {"Type":"Fail","Error":"Declined","CausePath":"States.Format('order {}', $.id)"}
    {"Type":"Fail","ErrorPath":"$.id"}
    {"Type":"Fail","Error":"Broken","CausePath":"$.id"}
    "#);
}

#[test]
fn a_success_can_compute_its_value() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.when("IsPaid", order.paid, |s| s.succeed_with("Paid", fmt!("{} is paid", order.id)));
        s.when("IsDear", cond!(order.total > 3.0), |s| s.succeed_with("Dear", order.id));
        s.task(ship(order.id))
    }
    assert_snapshot!(field(&w(), "IsPaid", "Default"), @r#""IsDear""#);
    let machine = asl::to_value(&compile(&w()).expect("it compiles").machine);
    assert_snapshot!(machine["States"]["Paid"], @r#"{"Type":"Pass","Parameters":{"value.$":"States.Format('{} is paid', $.id)"},"OutputPath":"$.value","End":true}"#);
    assert_snapshot!(machine["States"]["Dear"], @r#"{"Type":"Succeed","OutputPath":"$.id"}"#);
}
