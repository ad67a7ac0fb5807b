//! What an expression mentions, from its text alone.

/// The names that stand behind a `$` in an expression, and what follows them.
///
/// Names in strings and comments are among them, which costs a needless conversion and nothing else.
#[derive(Debug)]
pub(super) struct Mentions<'t> {
    expression: &'t str,
}

/// A member of `$states`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StatesMember {
    Input,
    Context,
    Result,
    ErrorOutput,
}

impl StatesMember {
    const ALL: [Self; 4] = [Self::Input, Self::Context, Self::Result, Self::ErrorOutput];

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Context => "context",
            Self::Result => "result",
            Self::ErrorOutput => "errorOutput",
        }
    }
}

impl<'t> Mentions<'t> {
    pub(super) fn of(expression: &'t str) -> Self {
        Self { expression }
    }

    /// Whether a variable is named.
    pub(super) fn variable(&self, name: &str) -> bool {
        self.names().any(|(found, _)| found == name)
    }

    /// Whether a member of `$states` may be looked at. `$states` on its own stands for all.
    pub(super) fn states(&self, member: StatesMember) -> bool {
        self.names().filter(|(name, _)| *name == "states").any(|(_, after)| {
            let Some(after) = after.strip_prefix('.') else { return true };
            let named = &after[..after.find(ends_name).unwrap_or(after.len())];
            named == member.name() || !StatesMember::ALL.iter().any(|member| member.name() == named)
        })
    }

    /// Every name, of which some may be those of functions.
    pub(super) fn functions(&self) -> impl Iterator<Item = &'t str> {
        self.names().map(|(name, _)| name)
    }

    /// Whether a function is named that tells the time.
    pub(super) fn names_time(&self) -> bool {
        self.names().any(|(name, _)| matches!(name, "now" | "millis"))
    }

    /// The names, each with the text after it.
    fn names(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let parts = self.expression.match_indices('$');
        parts.map(|(at, dollar)| {
            let rest = &self.expression[at + dollar.len()..];
            rest.split_at(rest.find(ends_name).unwrap_or(rest.len()))
        })
    }
}

fn ends_name(character: char) -> bool {
    !(character.is_alphanumeric() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::{Mentions, StatesMember};

    #[track_caller]
    fn check_states(expression: &str, expect: &[StatesMember]) {
        let mentions = Mentions::of(expression);
        let found: Vec<_> = StatesMember::ALL.into_iter().filter(|member| mentions.states(*member)).collect();
        assert_eq!(found, expect, "{expression}");
    }

    #[test]
    fn only_named_members_are_wanted() {
        check_states("$states.input.a + $states.result", &[StatesMember::Input, StatesMember::Result]);
        check_states("$x.input", &[]);
        check_states("$statesman.input", &[]);
        for whole in [
            "$states",
            "$states . input",
            "$states.*",
            "$states[0]",
            "($s := $states; $s.input)",
            "$states.`input`",
        ] {
            check_states(whole, &StatesMember::ALL);
        }
    }

    #[test]
    fn variables_are_whole_names() {
        let mentions = Mentions::of("$total&$états.x");
        assert_eq!(
            ["total", "tot", "états", "x"].map(|name| mentions.variable(name)),
            [true, false, true, false]
        );
        assert!(Mentions::of("$now()").names_time());
        assert!(!Mentions::of("$nowhere").names_time());
    }
}
