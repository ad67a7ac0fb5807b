//! Expressions that give a function, which no field can take.

use jsonata_core::ast::AstNode;
use jsonata_core::ast::BinaryOp::ColonEqual;

/// Whether what an expression gives is certainly a function.
// A loop, not recursion: the parser allows for a thousand levels.
pub(crate) fn gives_function(syntax: &AstNode) -> bool {
    let mut open = vec![syntax];
    while let Some(node) = open.pop() {
        match node {
            AstNode::Lambda { .. } | AstNode::Transform { .. } => {}
            AstNode::Block(parts) if !parts.is_empty() => open.extend(parts.last()),
            AstNode::Binary { op: ColonEqual, rhs, .. } => open.push(rhs),
            AstNode::Conditional { then_branch, else_branch: Some(else_branch), .. } => {
                open.extend([&**then_branch, &**else_branch]);
            }
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::gives_function;

    #[test]
    fn functions_are_told_from_values() {
        let gives =
            |text: &str| gives_function(&jsonata_core::parser::parse(text).expect("it can be parsed"));
        for text in [
            "function($x) { $x }",
            "$f := function() { 1 }",
            "($a := 1; λ($x) { $a })",
            "$a ? function() {1} : λ() {2}",
        ] {
            assert!(gives(text), "{text}");
        }
        for text in
            ["(function() { 1 })()", "$f", "$a ? function() {1} : 2", "$map([1], function($x) { $x })"]
        {
            assert!(!gives(text), "{text}");
        }
    }
}
