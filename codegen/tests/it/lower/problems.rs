//! What lowering reports, as a user sees it: all of a workflow's problems at once.

use insta::assert_snapshot;
use stepwright_codegen::diagnostic::{FsSources, Style, render};

use super::*;

/// The problems of a workflow, with the lines of this file.
fn problems<I, O>(workflow: &Workflow<I, O>) -> String {
    let sources = FsSources { root: concat!(env!("CARGO_MANIFEST_DIR"), "/..").into() };
    match compile(workflow) {
        Ok(compiled) => format!("compiled; {}", render(&compiled.warnings, &sources, Style::Plain)),
        Err(diagnostics) => render(&diagnostics, &sources, Style::Plain),
    }
}

#[test]
fn a_builder_that_is_never_finished() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        let _ = s.choice("Pick").when(order.paid, |_| ());
        let _ = s.map("All", order.lines);
        let _ = s.repeat(|s| s.task(poll()));
        s.wait("Pause", 1.seconds());
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0101]: `choice` of `Pick` is never finished, so it is not in the machine
      --> codegen/tests/it/lower/problems.rs:21:19
       |
    21 |         let _ = s.choice("Pick").when(order.paid, |_| ());
       |                   ^^^^^^
       |
       = help: call `.otherwise(…)`

    error[SW0101]: `map` of `All` is never finished, so it is not in the machine
      --> codegen/tests/it/lower/problems.rs:22:19
       |
    22 |         let _ = s.map("All", order.lines);
       |                   ^^^
       |
       = help: call `.each(…)`

    error[SW0101]: a `repeat` is never finished, so it is not in the machine
      --> codegen/tests/it/lower/problems.rs:23:19
       |
    23 |         let _ = s.repeat(|s| s.task(poll()));
       |                   ^^^^^^
       |
       = help: call `.until(…)` or `.as_long_as(…)`

    error: 3 problems
    "#);
}

#[test]
fn a_name_is_used_twice() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(ship(order.id));
        s.map("All", order.lines).each(|s, line| s.task(ship(line.sku)));
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0201]: the state name `Ship` is used twice
      --> codegen/tests/it/lower/problems.rs:60:57
       |
    59 |         s.task(ship(order.id));
       |                ---- first used here
    60 |         s.map("All", order.lines).each(|s, line| s.task(ship(line.sku)));
       |                                                         ^^^^
       |
       = state: W / All / Ship
       = help: give one of them another name: `.named("…")`

    error: 1 problem
    "#);
}

#[test]
fn seconds_paths_and_names_that_are_none() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.wait("Pause", std::time::Duration::from_millis(1500));
        s.task(ship(order.id).save_as("$.x"));
        s.task(ship(StateName::new("Missing")).named("ShipName"));
        s.task(ship(order.id).named("x".repeat(81)).save_as("states"));
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0102]: 1.5s is no whole number of seconds
      --> codegen/tests/it/lower/problems.rs:82:11
       |
    82 |         s.wait("Pause", std::time::Duration::from_millis(1500));
       |           ^^^^
       |
       = state: W / Pause
       = help: round it: Step Functions counts whole seconds

    error[SW0103]: `$.x` is no path below the document
      --> codegen/tests/it/lower/problems.rs:83:16
       |
    83 |         s.task(ship(order.id).save_as("$.x"));
       |                ^^^^
       |
       = help: write field names separated by dots, without `$`: `results.tarball`

    error[SW0107]: `ShipName` is given the name of a state `Missing`, which does not exist
      --> codegen/tests/it/lower/problems.rs:84:16
       |
    84 |         s.task(ship(StateName::new("Missing")).named("ShipName"));
       |                ^^^^
       |
       = state: W / ShipName
       = help: name the state with the same constant: `.named(…)`

    error[SW0103]: `states` cannot be the name of a variable
      --> codegen/tests/it/lower/problems.rs:85:16
       |
    85 |         s.task(ship(order.id).named("x".repeat(81)).save_as("states"));
       |                ^^^^
       |
       = help: a variable name is a letter, then letters, digits and `_`, at most 80 of them, and not `states`

    error[SW0202]: state name `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` has 81 characters
      --> codegen/tests/it/lower/problems.rs:85:16
       |
    85 |         s.task(ship(order.id).named("x".repeat(81)).save_as("states"));
       |                ^^^^
       |
       = state: W / xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
       = help: give the state a name of 1 to 80 characters

    error: 5 problems
    "#);
}

#[test]
fn labels_that_are_not_placed_once() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) {
        let never = s.forward_label();
        let twice = s.forward_label();
        let here = s.label();
        s.place(twice);
        s.place(twice);
        s.parallel("Both").branch(|s| s.goto(here)).branch(|s| s.task(ship(order.id))).join();
        s.when("IsPaid", order.paid, |s| s.goto(never));
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0104]: this label is never placed
       --> codegen/tests/it/lower/problems.rs:139:23
        |
    139 |         let never = s.forward_label();
        |                       ^^^^^^^^^^^^^
        |
        = help: call `s.place(label)` in front of the state that it stands for

    error[SW0104]: this label is already placed
       --> codegen/tests/it/lower/problems.rs:143:11
        |
    143 |         s.place(twice);
        |           ^^^^^
        |
        = help: make one label for each place; `s.label()` places its label by itself

    error[SW0308]: this jump leads to a label of another scope
       --> codegen/tests/it/lower/problems.rs:144:41
        |
    144 |         s.parallel("Both").branch(|s| s.goto(here)).branch(|s| s.task(ship(order.id))).join();
        |                                         ^^^^
        |
        = help: a `goto` stays within its branch or iteration; let the branch return a value and decide after it

    error: 3 problems
    "#);
}

#[test]
fn a_state_after_the_end_is_never_reached() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let _ = s.fail("Always", "on purpose");
        s.task(ship(order.id))
    }
    assert_snapshot!(problems(&w()), @"
    error[SW0203]: state `Ship` can never be reached
       --> codegen/tests/it/lower/problems.rs:197:16
        |
    197 |         s.task(ship(order.id))
        |                ^^^^
        |
        = state: W / Ship
        = help: let another state lead to it, or remove it

    error: 1 problem
    ");
}

#[test]
fn a_value_that_is_overwritten() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let first = s.task(charge(order.id, order.total).save_as("line"));
        s.task(charge(order.id, order.total).named("ChargeAgain").save_as("line"));
        s.task(poll().replace_document());
        s.task(ship(first.sku))
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0302]: `Ship` reads `sku` of the result of `Charge`, which was overwritten since
       --> codegen/tests/it/lower/problems.rs:220:16
        |
    218 |         s.task(charge(order.id, order.total).named("ChargeAgain").save_as("line"));
        |                ------ `ChargeAgain` writes to the same place
    219 |         s.task(poll().replace_document());
    220 |         s.task(ship(first.sku))
        |                ^^^^
        |
        = state: W / Ship
        = help: read it before it is overwritten, or keep one of the two elsewhere with `.save_as(…)`

    error: 1 problem
    "#);
}

#[test]
fn a_value_that_not_every_path_assigns() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let line = s.task(charge(order.id, order.total).catch(Declined, |s, _| s.wait("Sulk", 9.seconds())));
        let mut inside = None;
        s.when("IsPaid", order.paid, |s| {
            inside = Some(s.task(poll()));
        });
        s.when("IsReady", inside.expect("the body was traced"), |s| s.wait("Pause", 1.seconds()));
        s.task(ship(line.sku))
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0303]: `IsReady` reads the result of `Poll`, which not every path to it has assigned
       --> codegen/tests/it/lower/problems.rs:248:11
        |
    246 |             inside = Some(s.task(poll()));
        |                                  ---- it is made here
    247 |         });
    248 |         s.when("IsReady", inside.expect("the body was traced"), |s| s.wait("Pause", 1.seconds()));
        |           ^^^^
        |
        = state: W / IsReady
        = help: let every branch and every error handler on the way give a value, or end with `s.fail(…)` or `s.goto(…)`

    error[SW0303]: `Ship` reads `sku` of the result of `Charge`, which not every path to it has assigned
       --> codegen/tests/it/lower/problems.rs:249:16
        |
    243 |         let line = s.task(charge(order.id, order.total).catch(Declined, |s, _| s.wait("Sulk", 9.seconds())));
        |                           ------ it is made here        ----- after this error is caught, there is no value
    ...
    249 |         s.task(ship(line.sku))
        |                ^^^^
        |
        = state: W / Ship
        = help: let every branch and every error handler on the way give a value, or end with `s.fail(…)` or `s.goto(…)`

    error: 2 problems
    "#);
}

#[test]
fn a_value_of_another_scope() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        let mut leaked = None;
        s.map("All", order.lines).each(|s, line| {
            leaked = Some(s.task(ship(line.sku)));
        });
        s.task(ship(leaked.expect("the body was traced")).named("ShipLeaked"))
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0304]: `ShipLeaked` reads the result of `Ship`, which is not visible here
       --> codegen/tests/it/lower/problems.rs:288:16
        |
    286 |             leaked = Some(s.task(ship(line.sku)));
        |                                  ---- it is made here, in another scope
    287 |         });
    288 |         s.task(ship(leaked.expect("the body was traced")).named("ShipLeaked"))
        |                ^^^^
        |
        = state: W / ShipLeaked
        = help: return the value from the closure of its branch or iteration, and read what `join` or `each` gives

    error: 1 problem
    "#);
}

#[test]
fn a_field_that_the_document_does_not_have() {
    #[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
    struct Shipped {
        id: String,
        parcel: String,
    }
    #[task(lambda = "${Take}")]
    fn take(#[input] shipped: Shipped) -> String;
    const HOUSE: Conventions = Conventions::new().keep_at_end(&["results"]);
    #[workflow(query_language = "JSONPath", conventions = HOUSE)]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.ends_as("End");
        s.when("IsPaid", order.paid, |s| {
            s.task(ship(order.id).save_as("parcel"));
        });
        s.task(take(s.document()));
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0305]: `End` needs `$.results`, which not every path to it has written
       --> codegen/tests/it/lower/problems.rs:319:11
        |
    319 |         s.ends_as("End");
        |           ^^^^^^^
        |
        = state: W / End
        = help: save a result there with `.save_as("results")`, or give the state what it needs with `data!(…)`

    error[SW0305]: `Take` needs `$.parcel`, which not every path to it has written
       --> codegen/tests/it/lower/problems.rs:323:16
        |
    323 |         s.task(take(s.document()));
        |                ^^^^
        |
        = state: W / Take
        = help: save a result there with `.save_as("parcel")`, or give the state what it needs with `data!(…)`

    error: 2 problems
    "#);
}

#[test]
fn a_success_of_another_type() {
    #[workflow]
    fn w(s: &mut Scope, order: Ref<Order>) -> Ref<String> {
        s.when("IsPaid", order.paid, |s| s.succeed_with("Paid", data!(Line { sku: order.id, qty: 1 })));
        s.task(ship(order.id))
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0306]: `Paid` ends its scope with a `Line`, but the scope gives a `String`
       --> codegen/tests/it/lower/problems.rs:352:44
        |
    352 |         s.when("IsPaid", order.paid, |s| s.succeed_with("Paid", data!(Line { sku: order.id, qty: 1 })));
        |                                            ^^^^^^^^^^^^
        |
        = state: W / Paid
        = help: give `succeed_with` a `String`, or let the scope return a `Line`

    error: 1 problem
    "#);
}

#[test]
fn what_a_scope_is_not_given() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.parallel("Both")
            .input(order.lines)
            .branch(|s, lines| {
                s.map("All", lines).each(|s, line| s.task(ship(fmt!("{}{}", line.sku, order.id))));
            })
            .join();
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0307]: `order.id` is read inside, but what the scope is given does not contain it
       --> codegen/tests/it/lower/problems.rs:373:11
        |
    373 |         s.parallel("Both")
        |           ^^^^^^^^
        |
        = state: W / Both
        = help: give an object that has it: `data!(…)`

    error: 1 problem
    "#);
}

#[test]
fn what_jsonpath_cannot_say() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.task(charge(fmt!("{}", expr!(order.count * 2)), 1.0));
        s.task(ship(order.coupon.or("none")));
        s.pass_saved_as("Coupon", "x", order.coupon);
        s.when("Compare", cond!(order.lines.len() > 2), |s| s.wait("Pause", 1.seconds()));
        s.wait("Late", 7.minutes());
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0503]: JSONPath cannot multiply
       --> codegen/tests/it/lower/problems.rs:398:16
        |
    398 |         s.task(charge(fmt!("{}", expr!(order.count * 2)), 1.0));
        |                ^^^^^^
        |
        = state: W / Charge
        = help: write the workflow in JSONata (the default of `#[workflow]`), or let a task compute the value

    error[SW0503]: JSONPath cannot give a default for a missing value
       --> codegen/tests/it/lower/problems.rs:399:16
        |
    399 |         s.task(ship(order.coupon.or("none")));
        |                ^^^^
        |
        = state: W / Ship
        = help: write the workflow in JSONata (the default of `#[workflow]`), or let a task compute the value

    error[SW0505]: `order.coupon` may be missing, and a JSONPath that finds nothing fails
       --> codegen/tests/it/lower/problems.rs:400:11
        |
    400 |         s.pass_saved_as("Coupon", "x", order.coupon);
        |           ^^^^^^^^^^^^^
        |
        = state: W / Coupon
        = help: narrow it with `s.when_some(…)`, or say why it is there with `.assume_some("…")`; JSONata gives `null`

    error[SW0503]: a Choice state in JSONPath cannot test this: a test compares a value of the data, not one that is computed
       --> codegen/tests/it/lower/problems.rs:401:11
        |
    401 |         s.when("Compare", cond!(order.lines.len() > 2), |s| s.wait("Pause", 1.seconds()));
        |           ^^^^
        |
        = state: W / Compare
        = help: compare a reference with a constant or another reference, or write the workflow in JSONata

    error: 4 problems
    "#);
}

#[test]
fn what_jsonata_does_not_have() {
    #[workflow(conventions = Conventions::new().save_tasks("results.{state}"))]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.ends_as("End").keep(order.id);
        s.task(ship(order.id));
        s.task(pack(s.document()));
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0504]: `ends_as` keeps fields of the document, which JSONata has not
       --> codegen/tests/it/lower/problems.rs:449:11
        |
    449 |         s.ends_as("End").keep(order.id);
        |           ^^^^^^^
        |
        = state: W / End
        = help: say what the scope gives: return it from the closure, or declare an end with `end_with`

    error[SW0103]: `results.Ship` is a path in a document, but in JSONata a value is kept in a variable
       --> codegen/tests/it/lower/problems.rs:450:16
        |
    450 |         s.task(ship(order.id));
        |                ^^^^
        |
        = help: give it a plain name: `Ship`

    error[SW0103]: `results.Pack` is a path in a document, but in JSONata a value is kept in a variable
       --> codegen/tests/it/lower/problems.rs:451:16
        |
    451 |         s.task(pack(s.document()));
        |                ^^^^
        |
        = help: give it a plain name: `Pack`

    error[SW0504]: `document()` needs JSONPath: in JSONata, values live in variables
       --> codegen/tests/it/lower/problems.rs:451:16
        |
    451 |         s.task(pack(s.document()));
        |                ^^^^
        |
        = state: W / Pack
        = help: pass the values that are needed, or write `#[workflow(query_language = "JSONPath")]`

    error: 4 problems
    "#);
}

#[test]
fn an_end_that_is_declared_twice() {
    #[workflow(query_language = "JSONPath")]
    fn w(s: &mut Scope, order: Ref<Order>) {
        s.ends_as("End").keep_document();
        s.ends_as("AnotherEnd").keep_document();
        s.when("IsPaid", order.paid, |s| s.ends_as("InnerEnd").keep_document());
        s.wait("Pause", 1.seconds());
    }
    assert_snapshot!(problems(&w()), @r#"
    error[SW0105]: the end state of the scope cannot be declared here
       --> codegen/tests/it/lower/problems.rs:497:11
        |
    497 |         s.ends_as("AnotherEnd").keep_document();
        |           ^^^^^^^
        |
        = help: call `ends_as` or `end_with` once, first thing in the closure of the branch or Map that it ends

    error[SW0105]: the end state of the scope cannot be declared here
       --> codegen/tests/it/lower/problems.rs:498:44
        |
    498 |         s.when("IsPaid", order.paid, |s| s.ends_as("InnerEnd").keep_document());
        |                                            ^^^^^^^
        |
        = help: call `ends_as` or `end_with` once, first thing in the closure of the branch or Map that it ends

    error: 2 problems
    "#);
}

#[test]
fn a_reference_into_another_workflow() {
    use std::cell::Cell;
    thread_local!(static STOLEN: Cell<Option<Ref<String>>> = const { Cell::new(None) });
    #[workflow]
    fn victim(s: &mut Scope, order: Ref<Order>) {
        STOLEN.set(Some(order.id));
        s.wait("Pause", 1.seconds());
    }
    #[workflow]
    fn thief(s: &mut Scope) -> Ref<String> {
        s.task(ship(STOLEN.get().expect("the other workflow was traced")))
    }
    victim().plan();
    assert_snapshot!(problems(&thief()), @r#"
    error[SW0304]: `Ship` reads `id` of a value of another workflow, which is not visible here
       --> codegen/tests/it/lower/problems.rs:533:16
        |
    533 |         s.task(ship(STOLEN.get().expect("the other workflow was traced")))
        |                ^^^^
        |
        = state: Thief / Ship
        = help: use only references that were made in this workflow, and in this scope

    error: 1 problem
    "#);
}
