//! Whose inputs and outputs a timeline shows.

/// The inputs and outputs that are wanted in a timeline.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'s> {
    Nothing,
    /// Those of one state.
    State(&'s str),
    /// Those of all states, and of the execution.
    Everything,
}

impl Wanted<'_> {
    /// Whether those of a state are wanted.
    pub(super) fn has_state(self, name: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::State(state) => state == name,
            Self::Everything => true,
        }
    }

    /// Whether those of the execution are wanted.
    pub(super) fn has_execution(self) -> bool {
        matches!(self, Self::Everything)
    }
}
