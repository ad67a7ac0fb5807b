//! What an expression in JSONata reads and calls.

use std::collections::BTreeSet;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};

use crate::check::texts::is_function;

/// What the rules ask of an expression.
#[derive(Default)]
pub(crate) struct Expression {
    /// The variables of the machine that it reads.
    pub(crate) variables: Vec<Variable>,
    /// Those of them that may well not be there: in `$exists(…)` or the condition of `?:`.
    pub(crate) tested: BTreeSet<String>,
    /// What it reads of `$states`.
    pub(crate) states: Vec<Read>,
    /// Whether it asks if something of `$states` is there.
    pub(crate) tests_states: bool,
    /// The functions that it calls by name, without those that it defines.
    pub(crate) calls: Vec<String>,
    /// The functions that it calls by a name without `$`, and whether there is a value that the name could be a member of.
    pub(crate) bare_calls: Vec<(String, bool)>,
    /// Whether it defines functions, which could be members of its own objects.
    pub(crate) defines_functions: bool,
    /// How it reads an input document, of which there is none: `$`, `$$`, or a name.
    pub(crate) input: Vec<String>,
    /// The names that it binds itself.
    pub(crate) locals: BTreeSet<String>,
    /// What the service's version of JSONata does not have.
    pub(crate) newer: Option<&'static str>,
}

/// A variable that is read.
pub(crate) struct Variable {
    pub(crate) name: String,
    /// Whether the expression is the variable, or a path from it: without a value it gives nothing, which is an error.
    pub(crate) is_whole: bool,
}

/// A path from `$states`.
pub(crate) struct Read {
    /// The names on the way, as far as they are known.
    pub(crate) members: Vec<String>,
    /// Whether the expression is this path.
    pub(crate) is_whole: bool,
}

impl Expression {
    pub(crate) fn new(syntax: &AstNode) -> Self {
        let mut reader = Reader::default();
        reader.open.push(Open { node: syntax, has_item: false, is_whole: true, is_test: false });
        // A loop, not recursion: the parser allows for a thousand levels.
        while let Some(open) = reader.open.pop() {
            reader.read(open);
        }
        let Reader { mut found, .. } = reader;
        // A local variable counts everywhere, not only in its block: too little is reported, never too much.
        let locals = &found.locals;
        found.variables.retain(|variable| !locals.contains(&variable.name) && !is_function(&variable.name));
        found.calls.retain(|name| !locals.contains(name));
        if found.binds_states() {
            found.states.clear();
        }
        found
    }

    /// Whether it binds a local variable `$states`.
    pub(crate) fn binds_states(&self) -> bool {
        self.locals.contains("states")
    }
}

/// A node that is still to be read, with its surroundings.
#[derive(Clone, Copy)]
struct Open<'s> {
    node: &'s AstNode,
    /// Whether `$` and names mean something: a step of a path, a predicate, the body of a function.
    has_item: bool,
    is_whole: bool,
    is_test: bool,
}

impl<'s> Open<'s> {
    fn part(self, node: &'s AstNode) -> Self {
        Self { node, is_whole: false, ..self }
    }

    fn of_item(self, node: &'s AstNode) -> Self {
        Self { node, has_item: true, is_whole: false, ..self }
    }

    fn test(self, node: &'s AstNode) -> Self {
        Self { node, is_whole: false, is_test: true, ..self }
    }
}

#[derive(Default)]
struct Reader<'s> {
    found: Expression,
    open: Vec<Open<'s>>,
}

impl<'s> Reader<'s> {
    fn read(&mut self, at: Open<'s>) {
        match at.node {
            AstNode::Name(name) => self.input(at, name),
            AstNode::Wildcard => self.input(at, "*"),
            AstNode::Descendant => self.input(at, "**"),
            AstNode::ParentVariable(_) => self.found.input.push("$$".to_owned()),
            AstNode::Variable(name) => self.variable(at, name, &[]),
            AstNode::Path { steps } => self.path(at, steps),
            AstNode::Function { name, args, is_builtin } => self.function(at, name, args, *is_builtin),
            AstNode::Call { procedure, args } => {
                self.parts(at, std::iter::once(&**procedure).chain(args));
            }
            AstNode::Lambda { params, body, .. } => {
                self.found.defines_functions = true;
                self.found.locals.extend(params.iter().map(|name| name.trim_start_matches('$').to_owned()));
                self.open.push(at.of_item(body));
            }
            AstNode::Binary { op, lhs, rhs } => self.binary(at, *op, lhs, rhs),
            AstNode::Unary { operand, .. } => self.open.push(at.part(operand)),
            AstNode::Array(items) | AstNode::ArrayGroup(items) => self.parts(at, items),
            AstNode::Object(members) => {
                self.parts(at, members.iter().flat_map(|(name, value)| [name, value]));
            }
            AstNode::ObjectTransform { input, pattern } => {
                self.items(at, pattern.iter().flat_map(|(name, value)| [name, value]));
                self.open.push(at.part(input));
            }
            AstNode::Block(items) => match items.as_slice() {
                [one] => self.open.push(Open { node: one, ..at }),
                items => self.parts(at, items),
            },
            AstNode::Conditional { condition, then_branch, else_branch } => {
                self.parts(at, std::iter::once(&**then_branch).chain(else_branch.as_deref()));
                self.open.push(at.test(condition));
            }
            AstNode::FunctionApplication(inner) => self.open.push(at.of_item(inner)),
            AstNode::Sort { input, terms } => {
                self.items(at, terms.iter().map(|(term, _)| term));
                self.open.push(at.part(input));
            }
            AstNode::Transform { location, update, delete } => {
                self.items(at, [&**location, &**update].into_iter().chain(delete.as_deref()));
            }
            AstNode::String(_)
            | AstNode::Number(_)
            | AstNode::Boolean(_)
            | AstNode::Null
            | AstNode::Undefined
            | AstNode::Placeholder
            | AstNode::Regex { .. }
            | AstNode::Parent(_) => {}
        }
    }

    fn parts(&mut self, at: Open<'s>, nodes: impl IntoIterator<Item = &'s AstNode>) {
        let first = self.open.len();
        self.open.extend(nodes.into_iter().map(|node| at.part(node)));
        // The last is read first, and findings should come in the order of the text.
        self.open[first..].reverse();
    }

    fn items(&mut self, at: Open<'s>, nodes: impl IntoIterator<Item = &'s AstNode>) {
        self.parts(Open { has_item: true, ..at }, nodes);
    }

    fn input(&mut self, at: Open<'s>, name: &str) {
        if !at.has_item {
            self.found.input.push(name.to_owned());
        }
    }

    fn variable(&mut self, at: Open<'s>, name: &str, steps: &[PathStep]) {
        match name {
            "" => self.input(at, "$"),
            "$" => self.found.input.push("$$".to_owned()),
            "states" => {
                self.found.tests_states |= at.is_test;
                let read = Read { members: members(steps), is_whole: at.is_whole };
                self.found.states.push(read);
            }
            name => {
                if at.is_test {
                    self.found.tested.insert(name.to_owned());
                }
                self.found.variables.push(Variable { name: name.to_owned(), is_whole: at.is_whole });
            }
        }
    }

    fn path(&mut self, at: Open<'s>, steps: &'s [PathStep]) {
        let Some((first, rest)) = steps.split_first() else { return };
        for step in steps {
            self.found.locals.extend(step.focus.iter().chain(&step.index_var).cloned());
            for stage in &step.stages {
                match stage {
                    Stage::Filter(filter) => self.open.push(at.of_item(filter)),
                    Stage::Index(name) => drop(self.found.locals.insert(name.clone())),
                    Stage::KeepArray => {}
                }
            }
        }
        self.items(at, rest.iter().map(|step| &step.node));
        match &first.node {
            AstNode::Variable(name) => {
                self.variable(at, name, if first.stages.is_empty() { rest } else { &[] });
            }
            node => self.open.push(at.part(node)),
        }
    }

    fn function(&mut self, at: Open<'s>, name: &str, arguments: &'s [AstNode], is_builtin: bool) {
        if is_builtin {
            if name == "eval" {
                self.found.newer = Some("$eval");
            } else {
                self.found.calls.push(name.to_owned());
            }
        } else {
            self.found.bare_calls.push((name.to_owned(), at.has_item));
        }
        let is_test = at.is_test || name == "exists";
        self.parts(Open { is_test, ..at }, arguments);
    }

    fn binary(&mut self, at: Open<'s>, op: BinaryOp, lhs: &'s AstNode, rhs: &'s AstNode) {
        match op {
            BinaryOp::ColonEqual | BinaryOp::FocusBind | BinaryOp::IndexBind => {
                let (name, value) = if op == BinaryOp::ColonEqual { (lhs, rhs) } else { (rhs, lhs) };
                if let AstNode::Variable(name) = name {
                    self.found.locals.insert(name.clone());
                }
                self.open.push(at.part(value));
                return;
            }
            BinaryOp::Coalesce => self.found.newer = Some("??"),
            BinaryOp::Default => self.found.newer = Some("?:"),
            _ => {}
        }
        self.parts(at, [lhs, rhs]);
    }
}

/// The names with which a path goes on.
fn members(steps: &[PathStep]) -> Vec<String> {
    let mut names = Vec::new();
    for step in steps {
        let AstNode::Name(name) = &step.node else { break };
        names.push(name.clone());
        if !step.stages.is_empty() {
            break;
        }
    }
    names
}
