//! Where a state adds to what is there, in both query languages.

use jsonata_core::ast::{AstNode, BinaryOp};
use serde_json::Value;

use crate::asl::intrinsic::{Argument, Call, Function};
use crate::asl::path::{Path, Root};
use crate::asl::{NullablePath, QueryLanguage, StateKind, is_expression};
use crate::check::index::{Index, StateEntry};
use crate::check::loops::counter::Finder;
use crate::check::texts::Syntax;
use crate::check::variables::{assigns, variable_of};
use crate::diagnostic::push_token;

/// What holds the data that grows.
#[derive(Debug, PartialEq)]
pub(super) enum Place<'m> {
    Variable(&'m str),
    /// A Path into the document.
    Document(String),
}

/// Something more than there was.
pub(super) struct Added<'m> {
    pub(super) place: Place<'m>,
    /// The JSON pointer of what adds it.
    pub(super) pointer: String,
    /// By how many bytes it grows at least.
    pub(super) bytes: u64,
}

/// Everything that a state adds to, as often as it is left by `Next`.
pub(super) fn all<'m>(index: &Index<'m>, entry: &StateEntry<'m>) -> Vec<Added<'m>> {
    let mut found = Vec::new();
    let assign = assigns(entry.state).into_iter().find(|assign| assign.pointer() == "/Assign");
    // A Choice assigns so if no rule matches.
    let is_choice = matches!(entry.state.kind, StateKind::Choice(_));
    if let Some(assign) = assign.filter(|_| !is_choice) {
        let mut texts = Finder::new(index, entry);
        for (key, _) in assign.members.iter().filter(|(key, value)| is_text(entry, key, value)) {
            let mut pointer = entry.at(assign.pointer());
            push_token(&mut pointer, key);
            let name = variable_of(key, entry.language);
            let is_own = |path: &Path| path.steps.is_empty() && path.root == Root::Variable(name.to_owned());
            let syntax = texts.text_at(&pointer).map(|text| &text.syntax);
            if let Some(bytes) = syntax.and_then(|syntax| bytes(syntax, Some(name), &is_own)) {
                found.push(Added { place: Place::Variable(name), pointer, bytes });
            }
        }
    }
    found.extend(in_document(index, entry));
    found
}

/// Whether a member is evaluated.
fn is_text(entry: &StateEntry<'_>, key: &str, value: &Value) -> bool {
    match entry.language {
        QueryLanguage::Jsonata => value.as_str().is_some_and(is_expression),
        QueryLanguage::JsonPath => value.is_string() && key.ends_with(".$"),
    }
}

/// The members of `Parameters` of a Pass that are put where they are taken from.
fn in_document<'m>(index: &Index<'m>, entry: &StateEntry<'m>) -> Vec<Added<'m>> {
    let StateKind::Pass(pass) = &entry.state.kind else { return Vec::new() };
    let (Some(Value::Object(members)), None, None, None) =
        (&pass.parameters, &pass.result, &entry.state.input_path, &entry.state.output_path)
    else {
        return Vec::new();
    };
    let below = match &pass.result_path {
        None => "$",
        Some(NullablePath::Path(path)) => path,
        Some(NullablePath::Null) => return Vec::new(),
    };
    let mut found = Vec::new();
    let mut texts = Finder::new(index, entry);
    for (key, _) in
        members.iter().filter(|(_, value)| entry.language == QueryLanguage::JsonPath && value.is_string())
    {
        let Some(name) = key.strip_suffix(".$") else { continue };
        let mut pointer = entry.at("/Parameters");
        push_token(&mut pointer, key);
        let target = format!("{below}.{name}");
        let own = Path::read(&target).ok();
        let is_own = |path: &Path| own.as_ref() == Some(path);
        let syntax = texts.text_at(&pointer).map(|text| &text.syntax);
        if let Some(bytes) = syntax.and_then(|syntax| bytes(syntax, None, &is_own)) {
            found.push(Added { place: Place::Document(target), pointer, bytes });
        }
    }
    found
}

/// By how many bytes what is there grows at least; `None` if it may not grow.
fn bytes(syntax: &Syntax, variable: Option<&str>, is_own: &dyn Fn(&Path) -> bool) -> Option<u64> {
    match syntax {
        Syntax::Call(call) => of_call(call, is_own),
        Syntax::Expression(_, syntax) => of_expression(syntax, variable?),
        _ => None,
    }
}

fn of_call(call: &Call, is_own: &dyn Fn(&Path) -> bool) -> Option<u64> {
    let is_own = |argument: &Argument| match argument {
        Argument::Path(path) => Path::read(path).is_ok_and(|path| is_own(&path)),
        Argument::Call(_) | Argument::Text(_) | Argument::Literal(_) => false,
    };
    let has_own = call.arguments.iter().any(is_own);
    match (call.function, call.arguments.as_slice()) {
        // Brackets, and a comma for each but one.
        (Function::Array, arguments) if has_own => Some(1 + length(arguments.len())),
        (Function::Format, [Argument::Text(format), values @ ..]) if values.iter().any(is_own) => {
            let text =
                length(format.replace("{}", "").chars().filter(|character| *character != '\\').count());
            (text > 0 || values.len() > 1).then_some(text)
        }
        _ => None,
    }
}

fn of_expression(syntax: &AstNode, variable: &str) -> Option<u64> {
    let is_own = |node: &AstNode| matches!(node, AstNode::Variable(name) if name == variable);
    match syntax {
        AstNode::Block(items) => match items.as_slice() {
            [one] => of_expression(one, variable),
            _ => None,
        },
        AstNode::Function { name, args, .. } if name == "append" && args.iter().any(is_own) => {
            Some(args.iter().filter(|node| !is_own(node)).map(least).sum())
        }
        AstNode::Array(items) if items.len() > 1 && items.iter().any(is_own) => {
            Some(items.iter().filter(|node| !is_own(node)).map(least).sum())
        }
        AstNode::Binary { op: BinaryOp::Concatenate, lhs, rhs } => {
            let of_part = |part: &AstNode| if is_own(part) { Some(0) } else { of_expression(part, variable) };
            match (of_part(lhs), of_part(rhs)) {
                (Some(own), None) => Some(own + text(rhs)),
                (None, Some(own)) => Some(own + text(lhs)),
                (Some(one), Some(other)) => Some(one + other),
                (None, None) => None,
            }
        }
        _ => None,
    }
}

/// How long a value is at least in JSON, with the comma before it.
// Recursion is as deep as what is written out; the parser allows for a thousand levels.
fn least(node: &AstNode) -> u64 {
    match node {
        AstNode::String(text) => 3 + length(text.len()),
        AstNode::Number(_) => 2,
        AstNode::Boolean(_) | AstNode::Null => 5,
        AstNode::Object(members) => {
            let sizes = members.iter().map(|(name, value)| match name {
                AstNode::String(name) if !matches!(least(value), 0) => 3 + length(name.len()) + least(value),
                _ => 0,
            });
            2 + sizes.sum::<u64>()
        }
        _ => 0,
    }
}

/// How much a part adds to a text at least.
fn text(node: &AstNode) -> u64 {
    match node {
        AstNode::String(text) => length(text.len()),
        AstNode::Number(_) => 1,
        AstNode::Binary { op: BinaryOp::Concatenate, lhs, rhs } => text(lhs) + text(rhs),
        _ => 0,
    }
}

fn length(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
