//! The names that things have in JSON: serde's `rename_all` and our CamelCase state names.

/// One of serde's `rename_all` rules, as it applies to fields and parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// Each rule with the word that serde knows it by.
const CASES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        CASES.iter().find(|(known, _)| *known == name).map(|(_, case)| *case)
    }

    pub(crate) fn names() -> [&'static str; 8] {
        CASES.map(|(name, _)| name)
    }

    /// The JSON name of a field.
    ///
    /// Serde takes field names to be in snake case already, so `lowercase` leaves them alone, and it converts
    /// ASCII letters only. We follow it to the letter, since it writes the JSON that we describe.
    pub(crate) fn apply(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal(field),
            Self::Camel => {
                let pascal = pascal(field);
                let mut chars = pascal.chars();
                chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
            }
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

impl Case {
    /// The JSON name of a variant, which serde takes to be in `PascalCase` already.
    pub(crate) fn apply_to_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => {
                let mut chars = variant.chars();
                chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
            }
            Self::Snake => snake(variant),
            Self::ScreamingSnake => snake(variant).to_ascii_uppercase(),
            Self::Kebab => snake(variant).replace('_', "-"),
            Self::ScreamingKebab => snake(variant).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

/// `VeryTasty` as `very_tasty`.
fn snake(variant: &str) -> String {
    let mut snake = String::new();
    for (position, char) in variant.char_indices() {
        if position > 0 && char.is_uppercase() {
            snake.push('_');
        }
        snake.push(char.to_ascii_lowercase());
    }
    snake
}

/// `charge_card` as `ChargeCard`. A name of underscores only stays as it is, so that the result is never empty.
pub(crate) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    let mut capitalize = true;
    for char in name.chars() {
        if char == '_' {
            capitalize = true;
        } else if capitalize {
            pascal.push(char.to_ascii_uppercase());
            capitalize = false;
        } else {
            pascal.push(char);
        }
    }
    if pascal.is_empty() { name.to_owned() } else { pascal }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of serde's own test.
    #[test]
    fn fields_are_renamed_as_serde_renames_them() {
        for (field, upper, pascal, camel, screaming, kebab, screaming_kebab) in [
            ("outcome", "OUTCOME", "Outcome", "outcome", "OUTCOME", "outcome", "OUTCOME"),
            ("very_tasty", "VERY_TASTY", "VeryTasty", "veryTasty", "VERY_TASTY", "very-tasty", "VERY-TASTY"),
            ("a", "A", "A", "a", "A", "a", "A"),
            ("z42", "Z42", "Z42", "z42", "Z42", "z42", "Z42"),
        ] {
            assert_eq!(Case::Lower.apply(field), field);
            assert_eq!(Case::Snake.apply(field), field);
            assert_eq!(Case::Upper.apply(field), upper);
            assert_eq!(Case::Pascal.apply(field), pascal);
            assert_eq!(Case::Camel.apply(field), camel);
            assert_eq!(Case::ScreamingSnake.apply(field), screaming);
            assert_eq!(Case::Kebab.apply(field), kebab);
            assert_eq!(Case::ScreamingKebab.apply(field), screaming_kebab);
        }
    }

    /// The table of serde's own test.
    #[test]
    fn variants_are_renamed_as_serde_renames_them() {
        for (variant, lower, upper, camel, snake, screaming, kebab) in [
            ("Outcome", "outcome", "OUTCOME", "outcome", "outcome", "OUTCOME", "outcome"),
            ("VeryTasty", "verytasty", "VERYTASTY", "veryTasty", "very_tasty", "VERY_TASTY", "very-tasty"),
            ("A", "a", "A", "a", "a", "A", "a"),
            ("Z42", "z42", "Z42", "z42", "z42", "Z42", "z42"),
        ] {
            assert_eq!(Case::Lower.apply_to_variant(variant), lower);
            assert_eq!(Case::Upper.apply_to_variant(variant), upper);
            assert_eq!(Case::Pascal.apply_to_variant(variant), variant);
            assert_eq!(Case::Camel.apply_to_variant(variant), camel);
            assert_eq!(Case::Snake.apply_to_variant(variant), snake);
            assert_eq!(Case::ScreamingSnake.apply_to_variant(variant), screaming);
            assert_eq!(Case::Kebab.apply_to_variant(variant), kebab);
            assert_eq!(Case::ScreamingKebab.apply_to_variant(variant), kebab.to_ascii_uppercase());
        }
    }

    #[test]
    fn odd_names_do_not_panic() {
        assert_eq!(Case::Camel.apply("_"), "_");
        assert_eq!(Case::Camel.apply("été_chaud"), "étéChaud");
        assert_eq!(pascal("_private"), "Private");
        assert_eq!(pascal("__"), "__");
    }

    #[test]
    fn every_rule_is_found_by_its_name() {
        for (name, case) in CASES {
            assert_eq!(Case::from_name(name), Some(case));
        }
        assert_eq!(Case::from_name("CamelCase"), None);
    }
}
