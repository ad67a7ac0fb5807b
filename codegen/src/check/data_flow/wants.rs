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
    /// Reports a value with which a field certainly fails; the empty set then. It says what is there by its text.
    pub(crate) fn expect(
        &self,
        shape: Shape,
        wants: Wants,
        at: &At<'_>,
        text: impl FnOnce() -> String,
    ) -> Shape {
        let Some(mut gets) = misfit(&shape, wants, self.entry.language) else { return shape };
        let text = text();
        if gets == text {
            gets = shape.kinds.title();
        }
        let message = format!("`{}` takes {}, but {text} is {gets}", at.name(), wants.title());
        self.fault(at, Fault::new(Code::WrongValue, message).origin(shape.origin));
        Shape::NEVER
    }
}

/// What a value is, if a field certainly does not take it.
fn misfit(shape: &Shape, wants: Wants, language: QueryLanguage) -> Option<String> {
    let is_wrong = shape.is_none_of(wants.kinds(language))
        || shape.known_number().is_some_and(|number| !wants.takes_number(number))
        || shape.known_texts().is_some_and(|texts| !texts.iter().any(|text| wants.takes_text(text)));
    is_wrong.then(|| shape.title())
}
