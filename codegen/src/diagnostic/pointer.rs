//! JSON pointers (RFC 6901), and what the pointer of a definition says about the state it points into.

/// Adds a reference token, with `~` and `/` escaped.
pub(crate) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    if !token.contains(['~', '/']) {
        pointer.push_str(token);
        return;
    }
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The reference tokens, unescaped. The empty pointer has none.
pub(crate) fn tokens(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
}

/// The state that a pointer leads into.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct StateAt {
    /// The names on the way, with branches: `["PackAndTell", "branch 1", "Ship"]`. Branches count from 0, as in JSON.
    pub(crate) path: Vec<String>,
    /// The name of the innermost state; `None` outside of all states.
    pub(crate) name: Option<String>,
}

/// Follows a pointer through `States`, `Branches`, `ItemProcessor` and `Iterator` as far as it goes.
pub(crate) fn state_at(pointer: &str) -> StateAt {
    let mut at = StateAt::default();
    let mut tokens = tokens(pointer);
    while let Some(token) = tokens.next() {
        match token.as_str() {
            "States" => {
                let Some(name) = tokens.next() else { break };
                at.path.push(name.clone());
                at.name = Some(name);
            }
            "Branches" => {
                let Some(index) = tokens.next() else { break };
                at.path.push(format!("branch {index}"));
            }
            "ItemProcessor" | "Iterator" => {}
            _ => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::state_at;

    #[track_caller]
    fn check_path(pointer: &str, path: &str, name: Option<&str>) {
        let at = state_at(pointer);
        assert_eq!((at.path.join(" / ").as_str(), at.name.as_deref()), (path, name));
    }

    #[test]
    fn a_pointer_names_the_states_on_its_way() {
        check_path("", "", None);
        check_path("/StartAt", "", None);
        check_path("/States/Ship", "Ship", Some("Ship"));
        check_path("/States/Pack/Branches/1/States/Ship/Next", "Pack / branch 1 / Ship", Some("Ship"));
        check_path("/States/Each/ItemProcessor/States/One/Retry/0", "Each / One", Some("One"));
    }

    #[test]
    fn a_state_may_be_called_like_a_field() {
        check_path("/States/States/Iterator/States/a~1b/Parameters/States/x", "States / a/b", Some("a/b"));
    }
}
