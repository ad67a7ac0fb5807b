use super::{check_errors, parse};

#[track_caller]
fn check_wrong(input: &str, expect: &[(&str, &str)]) {
    check_errors(&crate::choose::expand(parse(input)), expect);
}

#[test]
fn every_wrong_arm_is_reported() {
    check_wrong(
        "s, \"Which\", kind, { A => |s| (), _ => |s| (), Kind::B(x) | Kind::C(_) => |s| (), 3 => |s| () }",
        &[
            (
                "A",
                "a variant is written with its enum, like `Decision::Match`; for all that are left write `_`",
            ),
            ("_", "`_` is the `Default` of the state, and comes last"),
            ("x", "an arm of several variants cannot bind what they hold: write `_` or `..`"),
            ("3", "a pattern here is a variant, several with `|`, or `_`"),
        ],
    );
}

#[test]
fn there_is_an_arm() {
    let message = "`choose!` needs an arm for a variant, like `Decision::Match => |s| …`";
    check_wrong("s, \"Which\", kind, {}", &[("kind", message)]);
    check_wrong("s, \"Which\", kind, { _ => |s| () }", &[("kind", message)]);
}

#[test]
fn a_match_on_two_spellings_of_an_enum() {
    let expansion = crate::choose::expand(parse(
        "s, \"Which\", kind, { Kind::A => |s| (), crate::Kind::B { id } => f, _ => g }",
    ));
    insta::assert_snapshot!(expansion.to_string().replace(" ; ", ";\n"), @r#"
    { type __Case0 = < Kind as :: stepwright :: Cases > :: Case;
    type __Case1 = < crate :: Kind as :: stepwright :: Cases > :: Case;
    # [allow (unused_variables , reason = "what the patterns bind is used by the branches below")] let mut __arms = :: stepwright :: __private :: arms :: < Kind > (kind , | __case : & __Case0 | match * __case { __Case0 :: A => 0usize , __Case1 :: B { id } => 1usize , # [allow (unreachable_patterns)] _ => 2usize , });
    let __choice = (s) . choice ("Which");
    # [allow (unused_parens , reason = "patterns with `|` need them")] let __choice = { let __choice = match __arms . take (0usize) { :: core :: option :: Option :: Some ((__when , (__Case0 :: A))) => __choice . when (__when , | s | ()) , _ => :: stepwright :: __private :: without_arm (__choice) , };
    let __choice = match __arms . take (1usize) { :: core :: option :: Option :: Some ((__when , (__Case1 :: B { id }))) => __choice . when (__when , f) , _ => :: stepwright :: __private :: without_arm (__choice) , };
    __choice };
    __choice . otherwise (g) }
    "#);
}
