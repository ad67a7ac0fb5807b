//! Reads calls of Intrinsic Functions.

use serde_json::Value;

use crate::asl::intrinsic::calls::{Argument, Call, Function};

/// How deep calls may nest. The service allows ten in one field; more is for the checker to report.
const MAX_NESTING: usize = 64;

impl Call {
    /// Reads a whole text.
    ///
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: text };
        let call = reader.call(0)?;
        reader.space();
        if reader.rest.is_empty() {
            Ok(call)
        } else {
            Err(format!("nothing is expected before '{}'", reader.rest))
        }
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn eat(&mut self, character: char) -> bool {
        let rest = self.rest.strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    /// Everything up to one of these characters.
    fn take_until(&mut self, ends: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        self.take(end)
    }

    fn call(&mut self, depth: usize) -> Result<Call, String> {
        if depth > MAX_NESTING {
            return Err("calls are nested too deeply".to_owned());
        }
        self.space();
        let name = self
            .take_until(|character| !(character.is_ascii_alphanumeric() || matches!(character, '.' | '_')));
        let function = Function::named(name).ok_or_else(|| format!("there is no function '{name}'"))?;
        if !self.eat('(') {
            return Err(format!("'{name}' needs its arguments in parentheses"));
        }
        let mut arguments = Vec::new();
        self.space();
        if self.eat(')') {
            return Ok(Call { function, arguments });
        }
        loop {
            arguments.push(self.argument(depth)?);
            self.space();
            if self.eat(')') {
                return Ok(Call { function, arguments });
            }
            if !self.eat(',') {
                return Err(format!("an argument of '{name}' is not followed by ',' or ')'"));
            }
        }
    }

    fn argument(&mut self, depth: usize) -> Result<Argument, String> {
        self.space();
        match self.peek() {
            Some('\'') => self.text(),
            Some('$') => Ok(Argument::Path(self.path()?.to_owned())),
            _ if self.rest.starts_with("States.") => Ok(Argument::Call(self.call(depth + 1)?)),
            _ => {
                let word = self.take_until(|character| {
                    matches!(character, ',' | ')' | '(') || character.is_whitespace()
                });
                match serde_json::from_str(word) {
                    Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_))) => {
                        Ok(Argument::Literal(value))
                    }
                    Ok(_) | Err(_) => Err(format!("'{word}' is not an argument")),
                }
            }
        }
    }

    fn text(&mut self) -> Result<Argument, String> {
        self.eat('\'');
        let mut escaped = false;
        for (at, character) in self.rest.char_indices() {
            match character {
                _ if escaped && !matches!(character, '\'' | '{' | '}' | '\\') => {
                    return Err(format!("'\\{character}' is not an escape"));
                }
                '\'' if !escaped => {
                    let text = self.take(at).to_owned();
                    self.eat('\'');
                    return Ok(Argument::Text(text));
                }
                _ => escaped = character == '\\' && !escaped,
            }
        }
        Err("a string has no closing apostrophe".to_owned())
    }

    /// A Path: up to a comma or parenthesis that stands outside of its brackets.
    fn path(&mut self) -> Result<&'t str, String> {
        let mut open = 0_usize;
        let mut quote = None;
        let mut escaped = false;
        for (at, character) in self.rest.char_indices() {
            match (character, quote) {
                _ if escaped => escaped = false,
                ('\\', _) => escaped = true,
                (_, Some(closing)) if character == closing => quote = None,
                (_, Some(_)) => {}
                ('\'' | '"', None) if open > 0 => quote = Some(character),
                ('[' | '(', None) => open += 1,
                (']' | ')', None) if open > 0 => open -= 1,
                (',' | ')', None) if open == 0 => return Ok(self.take(at)),
                _ if open == 0 && character.is_whitespace() => return Ok(self.take(at)),
                _ => {}
            }
        }
        Err("a Path is not followed by ',' or ')'".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::asl::intrinsic::calls::{Argument, Call, Function};

    #[test]
    fn arguments_of_every_kind_are_read() {
        let path = |path: &str| Argument::Path(path.to_owned());
        let text = r"States.Array( 'it\'s, (1)' ,-1.5e2,null, true,$.a['b,)'][?(@.c == 'd)')].e , $$.x,$v,States.UUID())";
        let expect = Call {
            function: Function::Array,
            arguments: vec![
                Argument::Text(r"it\'s, (1)".to_owned()),
                Argument::Literal(json!(-150.0)),
                Argument::Literal(json!(null)),
                Argument::Literal(json!(true)),
                path("$.a['b,)'][?(@.c == 'd)')].e"),
                path("$$.x"),
                path("$v"),
                Argument::Call(Call { function: Function::Uuid, arguments: vec![] }),
            ],
        };
        assert_eq!(Call::read(text), Ok(expect));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "States.UUID",
            "States.UUID() x",
            "States.UUID (",
            "States.Nope()",
            "States.Array(1,)",
            "States.Array('x)",
            r"States.Array('\d')",
            r#"States.Array("x")"#,
            "States.Array($.a",
            "States.Array(x)",
        ] {
            assert!(Call::read(text).is_err(), "{text}");
        }
        assert!(Call::read(&"States.Array(".repeat(10_000)).is_err());
    }
}
