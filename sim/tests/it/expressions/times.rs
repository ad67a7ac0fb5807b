use super::*;

#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
struct Dates {
    due: jiff::Timestamp,
    other: jiff::Timestamp,
    late: Option<jiff::Timestamp>,
    all: Vec<jiff::Timestamp>,
}

macro_rules! check_due {
    ($language:literal, $due:ident => $condition:expr; $($given:tt => $expect:tt),+ $(,)?) => {{
        #[workflow(query_language = $language)]
        fn w(s: &mut Scope, $due: Ref<Dates>) -> Ref<Value> {
            let yes = s.choice("Test").when($condition, |_| expr!(true)).otherwise(|_| expr!(false));
            yes.as_value()
        }
        $(assert_eq!(run(&w(), &json!($given)), json!($expect), "{}", json!($given));)+
    }};
}

#[test]
fn timestamps_are_compared_as_points_in_time() {
    macro_rules! check_both_due {
        ($($all:tt)*) => {{
            check_due!("JSONata", $($all)*);
            check_due!("JSONPath", $($all)*);
        }};
    }
    check_both_due!(
        due => cond!(due.due < due.other);
        { "due": "2027-01-31T13:00:00+01:00", "other": "2027-01-31T12:30:00Z" } => true,
        { "due": "2027-01-31T12:00:00Z", "other": "2027-01-31T12:00:00Z" } => false,
    );
    check_both_due!(
        due => cond!(due.due == "2027-01-31T12:00:00Z".parse::<jiff::Timestamp>().unwrap());
        { "due": "2027-01-31T13:00:00+01:00" } => true, { "due": "2027-01-31T13:00:00Z" } => false,
    );
    check_both_due!(
        due => cond!(due.late == Some(jiff::Timestamp::UNIX_EPOCH));
        { "late": "1970-01-01T00:00:00Z" } => true, {} => false, { "late": null } => false,
    );
}

#[test]
fn time_is_calculated_with() {
    #[workflow]
    fn w(s: &mut Scope, due: Ref<Dates>) -> Ref<Value> {
        s.wait_until("Wait", due.due);
        s.wait_until("Until", jiff::Timestamp::UNIX_EPOCH);
        let later = due.due.add_seconds(-90);
        s.pass("Made", data!({ "later": later, "sorted": due.all.sorted(), "past": cond!(due.due < now()) }))
    }
    let given = json!({ "due": "1999-01-31T12:00:00Z", "all": ["1999-01-31T12:00:00Z", "1999-01-31T12:30:00+01:00"] });
    assert_eq!(
        run(&w(), &given),
        json!({
            "later": "1999-01-31T11:58:30.000Z",
            "sorted": ["1999-01-31T12:30:00+01:00", "1999-01-31T12:00:00Z"],
            "past": true,
        })
    );
}
