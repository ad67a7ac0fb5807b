//! Parts of expressions, written out for messages: the syntax does not say where in the text a part stands.

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage, UnaryOp};

/// So many characters of an expression stand in a message.
pub(crate) const LONGEST: usize = 60;

/// A part in backticks; `None` if it is long, or rarely used syntax.
pub(crate) fn quoted(node: &AstNode) -> Option<String> {
    of_text(|text| write(node, text))
}

/// The first steps of a path.
pub(super) fn quoted_path(steps: &[PathStep]) -> Option<String> {
    of_text(|text| write_path(steps, text))
}

fn of_text(write: impl FnOnce(&mut Text) -> Option<()>) -> Option<String> {
    let mut text = Text { written: String::new(), nodes: 0 };
    write(&mut text)?;
    Some(format!("`{}`", text.written))
}

struct Text {
    written: String,
    nodes: usize,
}

impl Text {
    fn push(&mut self, part: &str) -> Option<()> {
        self.written.push_str(part);
        (self.written.chars().count() <= LONGEST).then_some(())
    }

    fn list(&mut self, parts: &[AstNode], between: &str) -> Option<()> {
        for (position, part) in parts.iter().enumerate() {
            if position > 0 {
                self.push(between)?;
            }
            write(part, self)?;
        }
        Some(())
    }
}

// It nests no deeper than there may be characters.
fn write(node: &AstNode, text: &mut Text) -> Option<()> {
    text.nodes += 1;
    if text.nodes > LONGEST {
        return None;
    }
    match node {
        AstNode::String(value) if value.contains('\'') => text.push(&format!("\"{value}\"")),
        AstNode::String(value) => text.push(&format!("'{value}'")),
        AstNode::Name(name) => write_name(name, text),
        AstNode::Number(number) => text.push(&number.to_string()),
        AstNode::Boolean(value) => text.push(&value.to_string()),
        AstNode::Null => text.push("null"),
        AstNode::Placeholder => text.push("?"),
        AstNode::Variable(name) => text.push(&format!("${name}")),
        AstNode::ParentVariable(name) => text.push(&format!("$${name}")),
        AstNode::Wildcard => text.push("*"),
        AstNode::Descendant => text.push("**"),
        AstNode::Path { steps } => write_path(steps, text),
        AstNode::Binary { op, lhs, rhs } => {
            write(lhs, text)?;
            text.push(&format!(" {} ", symbol(*op)?))?;
            write(rhs, text)
        }
        AstNode::Unary { op: UnaryOp::Negate, operand } => {
            text.push("-")?;
            write(operand, text)
        }
        AstNode::Function { name, args, .. } => {
            text.push(&format!("${name}("))?;
            text.list(args, ", ")?;
            text.push(")")
        }
        AstNode::Array(elements) | AstNode::ArrayGroup(elements) => {
            text.push("[")?;
            text.list(elements, ", ")?;
            text.push("]")
        }
        AstNode::Object(members) => {
            text.push("{")?;
            for (position, (name, value)) in members.iter().enumerate() {
                text.push(if position == 0 { "" } else { ", " })?;
                write(name, text)?;
                text.push(": ")?;
                write(value, text)?;
            }
            text.push("}")
        }
        AstNode::Block(parts) => {
            text.push("(")?;
            text.list(parts, "; ")?;
            text.push(")")
        }
        AstNode::FunctionApplication(inner) => write(inner, text),
        AstNode::Conditional { condition, then_branch, else_branch } => {
            write(condition, text)?;
            text.push(" ? ")?;
            write(then_branch, text)?;
            else_branch.as_ref().map_or(Some(()), |branch| {
                text.push(" : ")?;
                write(branch, text)
            })
        }
        AstNode::Undefined
        | AstNode::Unary { op: UnaryOp::Not, .. }
        | AstNode::Regex { .. }
        | AstNode::Call { .. }
        | AstNode::Lambda { .. }
        | AstNode::ObjectTransform { .. }
        | AstNode::Parent(_)
        | AstNode::Sort { .. }
        | AstNode::Transform { .. } => None,
    }
}

fn write_path(steps: &[PathStep], text: &mut Text) -> Option<()> {
    for (position, step) in steps.iter().enumerate() {
        if step.focus.is_some() || step.index_var.is_some() {
            return None;
        }
        if position > 0 {
            text.push(".")?;
        }
        write(&step.node, text)?;
        for stage in &step.stages {
            match stage {
                Stage::Filter(filter) => {
                    text.push("[")?;
                    write(filter, text)?;
                    text.push("]")?;
                }
                Stage::KeepArray => text.push("[]")?,
                Stage::Index(_) => return None,
            }
        }
    }
    Some(())
}

fn write_name(name: &str, text: &mut Text) -> Option<()> {
    let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if is_plain { text.push(name) } else { text.push(&format!("\"{name}\"")) }
}

fn symbol(op: BinaryOp) -> Option<&'static str> {
    Some(match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::Equal => "=",
        BinaryOp::NotEqual => "!=",
        BinaryOp::LessThan => "<",
        BinaryOp::LessThanOrEqual => "<=",
        BinaryOp::GreaterThan => ">",
        BinaryOp::GreaterThanOrEqual => ">=",
        BinaryOp::And => "and",
        BinaryOp::Or => "or",
        BinaryOp::Concatenate => "&",
        BinaryOp::Range => "..",
        BinaryOp::In => "in",
        BinaryOp::ChainPipe => "~>",
        BinaryOp::ColonEqual => ":=",
        BinaryOp::FocusBind | BinaryOp::IndexBind | BinaryOp::Coalesce | BinaryOp::Default => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, quoted};

    #[test]
    fn parts_are_written_as_they_were() {
        for text in [
            "$states.input.order.lines[0].price",
            "$sum($states.input.lines.(price * qty)) + 1",
            "$n ? 'a' & \"it's\" : -$x.\"a b\"[]",
            "($x := [1, 2]; {'a': $x[b > 5]})",
            "$v ~> $uppercase()",
        ] {
            let syntax = jsonata_core::parser::parse(text).expect("it can be parsed");
            assert_eq!(quoted(&syntax), Some(format!("`{text}`")));
        }
        let long = "1 + ".repeat(LONGEST) + "1";
        assert_eq!(quoted(&jsonata_core::parser::parse(&long).expect("it can be parsed")), None);
    }
}
