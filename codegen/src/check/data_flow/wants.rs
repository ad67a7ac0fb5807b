//! What fields can work with.

use crate::asl::QueryLanguage;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::data_flow::view::View;
use crate::check::timestamp::is_timestamp;
use crate::diagnostic::Code;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    /// A value of these kinds.
    Kinds(Kinds),
    /// A whole number, not negative.
    Count,
    /// A number from 0 to 100.
    Percentage,
    /// A date and time.
    Timestamp,
}

impl Wants {
    fn title(self) -> String {
        match self {
            Self::Kinds(kinds) => kinds.title(),
            Self::Count => "a whole number".to_owned(),
            Self::Percentage => "a percentage".to_owned(),
            Self::Timestamp => "a timestamp such as `2026-03-14T01:59:00Z`".to_owned(),
        }
    }

    fn kinds(self, language: QueryLanguage) -> Kinds {
        match (self, language) {
            (Self::Kinds(kinds), _) => kinds,
            // Numbers are read from text too.
            (Self::Count | Self::Percentage, QueryLanguage::JsonPath) => Kinds::NUMBER.or(Kinds::TEXT),
            (Self::Count | Self::Percentage, QueryLanguage::Jsonata) => Kinds::NUMBER,
            (Self::Timestamp, _) => Kinds::TEXT,
        }
    }

    fn takes_number(self, number: f64) -> bool {
        match self {
            Self::Count => number >= 0.0 && number.fract() == 0.0,
            Self::Percentage => (0.0..=100.0).contains(&number),
            Self::Kinds(_) | Self::Timestamp => true,
        }
    }

    fn takes_text(self, text: &str) -> bool {
        match self {
            Self::Count | Self::Percentage => {
                text.trim().parse().is_ok_and(|number| self.takes_number(number))
            }
            // Seconds may be left out.
            Self::Timestamp => {
                is_timestamp(text) || with_seconds(text).is_some_and(|text| is_timestamp(&text))
            }
            Self::Kinds(_) => true,
        }
    }
}

fn with_seconds(text: &str) -> Option<String> {
    let (minutes, zone) = (text.get(..16)?, text.get(16..)?);
    Some(format!("{minutes}:00{zone}"))
}

impl View<'_, '_, '_> {
    /// Reports a value with which a field certainly fails; the empty set then.
    pub(crate) fn expect(&self, shape: Shape, wants: Wants, at: &At<'_>) -> Shape {
        let Some(gets) = misfit(&shape, wants, self.entry.language) else { return shape };
        let message = format!("`{}` takes {}, but gets {gets}", at.name(), wants.title());
        self.fault(at, Fault::new(Code::WrongValue, message).origin(shape.origin));
        Shape::NEVER
    }
}

fn misfit(shape: &Shape, wants: Wants, language: QueryLanguage) -> Option<String> {
    if shape.is_none_of(wants.kinds(language)) {
        return Some(shape.kinds.title());
    }
    if let Some(number) = shape.known_number().filter(|number| !wants.takes_number(*number)) {
        return Some(number.to_string());
    }
    let texts = shape.known_texts()?;
    let is_wrong = !texts.iter().any(|text| wants.takes_text(text));
    is_wrong.then(|| texts.first().map_or_else(String::new, |text| format!("\"{text}\"")))
}
