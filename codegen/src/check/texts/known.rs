//! Reads texts, each once.

use std::rc::Rc;

use jsonata_core::ast::AstNode;

use crate::asl::intrinsic::Call;
use crate::asl::path::Path;
use crate::check::hash::TextMap;
use crate::check::index::is_substituted;
use crate::check::texts::{Argument, Expression, Syntax, Takes};
use crate::jsonata;

/// What was read before: machines have many texts that are the same, and to read one takes long.
#[derive(Default)]
pub(super) struct Known<'m> {
    expressions: TextMap<&'m str, (Rc<Expression>, Rc<AstNode>)>,
    paths: TextMap<&'m str, Rc<Path>>,
}

impl<'m> Known<'m> {
    /// What a text is where a Path or a call may stand.
    pub(super) fn read(&mut self, text: &'m str, takes: Takes) -> Syntax {
        if is_substituted(text) {
            return Syntax::Unknown;
        }
        match takes {
            Takes::PathOrCall | Takes::Literal if text.starts_with("States.") => {
                Call::read(text).map_or_else(Syntax::BadCall, Syntax::Call)
            }
            Takes::PathOrCall | Takes::Literal if !text.starts_with('$') => Syntax::Neither,
            _ => match self.path(text) {
                Ok(path) => Syntax::Path(path),
                // The library takes more in filters than it documents, words without quotes for one.
                Err(_) if text.contains("[?") => Syntax::Unknown,
                Err(reason) => Syntax::BadPath(reason),
            },
        }
    }

    fn path(&mut self, text: &'m str) -> Result<Rc<Path>, String> {
        if let Some(path) = self.paths.get(text) {
            return Ok(Rc::clone(path));
        }
        let path = Rc::new(Path::read(text)?);
        self.paths.insert(text, Rc::clone(&path));
        Ok(path)
    }

    /// A Path that is an argument of a call.
    pub(super) fn argument(&self, text: &str) -> Argument {
        self.paths.get(text).map_or_else(|| Path::read(text).map(Rc::new), |path| Ok(Rc::clone(path)))
    }

    /// JSONata, without its marks.
    pub(super) fn expression(&mut self, text: &'m str) -> Syntax {
        if let Some((known, syntax)) = self.expressions.get(text) {
            return Syntax::Expression(Rc::clone(known), Rc::clone(syntax));
        }
        match jsonata_core::parser::parse(text) {
            Ok(syntax) => {
                let (expression, syntax) = (Rc::new(Expression::new(&syntax)), Rc::new(syntax));
                self.expressions.insert(text, (Rc::clone(&expression), Rc::clone(&syntax)));
                Syntax::Expression(expression, syntax)
            }
            Err(error) => {
                let (character, reason) = jsonata::place(text, &error);
                Syntax::BadExpression(character, reason)
            }
        }
    }
}
