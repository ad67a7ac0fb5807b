//! Characters of names in Paths.

/// Whether a variable's name can start so. Spec: Unicode `ID_Start`, of which letters are all that matters here.
pub fn starts_variable(character: char) -> bool {
    character.is_alphabetic() || character == '_'
}

/// Whether a variable's name can go on so.
pub fn continues_variable(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Whether a name in dot form ends before this character.
pub(super) fn ends_name(character: char) -> bool {
    matches!(character, '.' | '[' | '(') || character.is_whitespace()
}

/// Whether a name in a filter ends before this character.
pub(super) fn ends_operand(character: char) -> bool {
    matches!(character, ')' | ',' | '=' | '<' | '>' | '!' | '&' | '|' | ']' | '~')
}
