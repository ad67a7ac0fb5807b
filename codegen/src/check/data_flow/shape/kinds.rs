//! The kinds of JSON values.

/// A set of kinds of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NONE: Self = Self(0);
    /// Nothing is there.
    pub(crate) const ABSENT: Self = Self(1);
    pub(crate) const NULL: Self = Self(2);
    pub(crate) const FALSE: Self = Self(4);
    pub(crate) const TRUE: Self = Self(8);
    pub(crate) const BOOLEAN: Self = Self(12);
    pub(crate) const NUMBER: Self = Self(16);
    pub(crate) const TEXT: Self = Self(32);
    pub(crate) const ARRAY: Self = Self(64);
    pub(crate) const OBJECT: Self = Self(128);
    /// Whatever is there.
    pub(crate) const PRESENT: Self = Self(254);

    /// With the title of each, for messages.
    const TITLES: [(Self, &'static str); 7] = [
        (Self::ABSENT, "nothing"),
        (Self::NULL, "null"),
        (Self::BOOLEAN, "a boolean"),
        (Self::NUMBER, "a number"),
        (Self::TEXT, "a string"),
        (Self::ARRAY, "an array"),
        (Self::OBJECT, "an object"),
    ];

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether one of those is among them.
    pub(crate) const fn has(self, some: Self) -> bool {
        self.0 & some.0 != 0
    }

    /// Whether there is none but those.
    pub(crate) const fn only(self, those: Self) -> bool {
        self.0 & !those.0 == 0
    }

    /// "a number or null".
    pub(crate) fn title(self) -> String {
        let titles: Vec<&str> =
            Self::TITLES.iter().filter(|(kind, _)| self.has(*kind)).map(|(_, title)| *title).collect();
        match titles.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            Some((only, _)) => (*only).to_owned(),
            None => "never there".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kinds;

    #[test]
    fn kinds_have_titles() {
        assert_eq!(Kinds::NUMBER.or(Kinds::NULL).or(Kinds::TEXT).title(), "null, a number or a string");
        assert_eq!(Kinds::TRUE.title(), "a boolean");
    }
}
