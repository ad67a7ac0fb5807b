//! Where a value was made, for the trail in a finding.

/// A place in a state that makes values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The number of the state.
    pub(crate) state: u32,
    /// What in it.
    pub(crate) made: Made,
}

/// What in a state makes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// A field of the state.
    Field(Maker),
    /// The error that a Catcher hands on.
    Error(u32),
    /// No state: a type has other members than it says.
    Undeclared,
}

impl Origin {
    /// Of the members that a type does not have, but lets through.
    pub(crate) const UNDECLARED: Self = Self { state: u32::MAX, made: Made::Undeclared };
}

/// A field that makes values; each is called as it is in the definition. Shapes are many, and this keeps them small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maker {
    Parameters,
    ResultSelector,
    ItemSelector,
    Arguments,
    Output,
    Assign,
    Items,
    Resource,
    Result,
    Branches,
    ItemProcessor,
    InputPath,
    OutputPath,
}
