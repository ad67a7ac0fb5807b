//! The names that an expression binds itself.

use std::collections::BTreeMap;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};

/// Whether the value of a bound name can be followed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// By functions, as a parameter.
    Parameter,
    /// Once, by `:=` in a block.
    Once,
    /// In several ways, or in one that may not be evaluated.
    Anyhow,
}

/// All names that are bound anywhere in an expression.
pub(super) fn bound(syntax: &AstNode) -> BTreeMap<String, Bound> {
    let mut names = BTreeMap::new();
    // A loop, not recursion: the parser allows for a thousand levels.
    let mut open = vec![(syntax, true)];
    while let Some((node, is_line)) = open.pop() {
        match node {
            AstNode::Binary { op: BinaryOp::ColonEqual, lhs, .. } => {
                if let AstNode::Variable(name) = &**lhs {
                    bind(&mut names, name, if is_line { Bound::Once } else { Bound::Anyhow });
                }
            }
            AstNode::Lambda { params, .. } => {
                for name in params {
                    bind(&mut names, name.trim_start_matches('$'), Bound::Parameter);
                }
            }
            AstNode::Path { steps } => {
                for name in steps.iter().flat_map(bound_by_step) {
                    bind(&mut names, name, Bound::Anyhow);
                }
            }
            _ => {}
        }
        let is_block = matches!(node, AstNode::Block(_));
        children(node, &mut |child| open.push((child, is_block)));
    }
    names
}

fn bind(names: &mut BTreeMap<String, Bound>, name: &str, how: Bound) {
    let again = |known: &mut Bound| {
        if (*known, how) != (Bound::Parameter, Bound::Parameter) {
            *known = Bound::Anyhow;
        }
    };
    names.entry(name.to_owned()).and_modify(again).or_insert(how);
}

fn bound_by_step(step: &PathStep) -> impl Iterator<Item = &String> {
    let of_stages = step.stages.iter().filter_map(|stage| match stage {
        Stage::Index(name) => Some(name),
        Stage::Filter(_) | Stage::KeepArray => None,
    });
    step.focus.iter().chain(&step.index_var).chain(of_stages)
}

/// Visits the parts of a node.
fn children<'s>(node: &'s AstNode, visit: &mut dyn FnMut(&'s AstNode)) {
    match node {
        AstNode::Path { steps } => {
            for step in steps {
                visit(&step.node);
                for stage in &step.stages {
                    if let Stage::Filter(filter) = stage {
                        visit(filter);
                    }
                }
            }
        }
        AstNode::Binary { lhs, rhs, .. } => [lhs, rhs].into_iter().for_each(|part| visit(part)),
        AstNode::Unary { operand: inner, .. }
        | AstNode::FunctionApplication(inner)
        | AstNode::Lambda { body: inner, .. } => visit(inner),
        AstNode::Function { args: parts, .. }
        | AstNode::Array(parts)
        | AstNode::ArrayGroup(parts)
        | AstNode::Block(parts) => parts.iter().for_each(visit),
        AstNode::Call { procedure, args } => {
            visit(procedure);
            args.iter().for_each(visit);
        }
        AstNode::Object(members) => members.iter().for_each(|(name, value)| {
            visit(name);
            visit(value);
        }),
        AstNode::ObjectTransform { input, pattern } => {
            visit(input);
            pattern.iter().for_each(|(name, value)| {
                visit(name);
                visit(value);
            });
        }
        AstNode::Conditional { condition, then_branch, else_branch } => {
            visit(condition);
            visit(then_branch);
            else_branch.iter().for_each(|branch| visit(branch));
        }
        AstNode::Sort { input, terms } => {
            visit(input);
            terms.iter().for_each(|(term, _)| visit(term));
        }
        AstNode::Transform { location, update, delete } => {
            visit(location);
            visit(update);
            delete.iter().for_each(|delete| visit(delete));
        }
        AstNode::String(_)
        | AstNode::Name(_)
        | AstNode::Number(_)
        | AstNode::Boolean(_)
        | AstNode::Null
        | AstNode::Undefined
        | AstNode::Placeholder
        | AstNode::Regex { .. }
        | AstNode::Variable(_)
        | AstNode::ParentVariable(_)
        | AstNode::Wildcard
        | AstNode::Descendant
        | AstNode::Parent(_) => {}
    }
}
