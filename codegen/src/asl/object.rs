//! What every object of the language has in common: one list of fields, from which the struct, the reader and the
//! writer are made, so that no field name is written down twice.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::asl::enums::QueryLanguage;
use crate::asl::json::Json;
use crate::asl::read::Reader;
use crate::diagnostic::push_token;

/// The groups in which the fields of an object are emitted, in this order.
///
/// The fields of a state stand in two lists, those of all states and those of its type; the groups interleave them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// `Comment`, `QueryLanguage`.
    Head,
    /// What the state is for: `Resource`.
    Identity,
    /// What it reads from its raw input: `InputPath`.
    Input,
    /// The fields of the state type, and all fields of objects that are not states.
    Work,
    /// What it passes on: `OutputPath`, `Assign`, `Output`.
    Outcome,
    /// `Retry`, `Catch`.
    Handlers,
    /// `Next`, `End`.
    Transition,
}

impl Section {
    pub(crate) const ALL: [Section; 7] = [
        Section::Head,
        Section::Identity,
        Section::Input,
        Section::Work,
        Section::Outcome,
        Section::Handlers,
        Section::Transition,
    ];
}

/// One entry of an object's list of fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldInfo {
    /// The field's name in JSON.
    pub(crate) name: &'static str,
    /// Whether an object without it is not valid.
    pub(crate) required: bool,
}

/// A field (or its value) that only one of the query languages has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Demand {
    /// The JSON pointer of the field.
    pub(crate) pointer: String,
    /// The language it needs.
    pub(crate) language: QueryLanguage,
    /// What needs it.
    pub(crate) cause: Cause,
}

/// Collects what the language of a state does not have, and knows where in the machine it is.
pub(crate) struct Demands<'s> {
    language: QueryLanguage,
    state: &'s str,
    /// From the state.
    place: Vec<Token>,
    found: Vec<Demand>,
}

/// A step in a place.
enum Token {
    Member(&'static str),
    Element(usize),
}

impl<'s> Demands<'s> {
    /// Begins at the JSON pointer of a state that is written in a language.
    pub(crate) fn new(language: QueryLanguage, state: &'s str) -> Self {
        Self { language, state, place: Vec::new(), found: Vec::new() }
    }

    /// What only the other language has.
    pub(crate) fn into_found(self) -> Vec<Demand> {
        self.found
    }

    /// Notes that what is here needs a language.
    pub(crate) fn add(&mut self, language: QueryLanguage, cause: Cause) {
        if language != self.language {
            self.found.push(Demand { pointer: self.pointer(), language, cause });
        }
    }

    fn pointer(&self) -> String {
        let mut pointer = self.state.to_owned();
        for token in &self.place {
            match token {
                Token::Member(name) => push_token(&mut pointer, name),
                Token::Element(index) => push_token(&mut pointer, &index.to_string()),
            }
        }
        pointer
    }

    /// Looks into a member.
    pub(crate) fn member(&mut self, name: &'static str, look: impl FnOnce(&mut Self)) {
        self.inside(Token::Member(name), look);
    }

    /// Looks into an element.
    pub(crate) fn element(&mut self, index: usize, look: impl FnOnce(&mut Self)) {
        self.inside(Token::Element(index), look);
    }

    fn inside(&mut self, token: Token, look: impl FnOnce(&mut Self)) {
        self.place.push(token);
        look(self);
        self.place.pop();
    }
}

/// Why a field needs a query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The field exists in that language only.
    Field,
    /// The field exists in both, its value is a `{% %}` expression.
    Expression,
}

/// A value of a field: how it is read, written, and which query language it asks for.
pub(crate) trait Shape: Sized {
    /// Converts it, reporting what is wrong to the reader. `None`: reported.
    fn read<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self>;

    /// Writes the JSON it stands for.
    fn write<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error>;

    /// Collects what can only be said in one query language, not looking into nested scopes.
    fn demands(&self, _out: &mut Demands<'_>) {}
}

/// A value as `serde` takes it.
pub(crate) struct Written<'v, T>(pub(crate) &'v T);

impl<T: Shape> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.0.write(out)
    }
}

/// A place for a value in an object, which knows whether it may stay empty.
pub(crate) trait Slot: Sized {
    /// Whether an object without it is not valid.
    const REQUIRED: bool;

    /// Converts the value of a field that is present.
    fn fill<'j>(&mut self, json: &'j Json, reader: &mut Reader<'j>);

    /// Writes the field under its name, unless it is absent.
    fn write_field<M: SerializeMap>(&self, name: &'static str, out: &mut M) -> Result<(), M::Error>;

    /// What the value demands, when there is one; `language` is what the field itself needs.
    fn demands(&self, language: Option<QueryLanguage>, out: &mut Demands<'_>);
}

impl<T: Shape> Slot for Option<T> {
    const REQUIRED: bool = false;

    fn fill<'j>(&mut self, json: &'j Json, reader: &mut Reader<'j>) {
        *self = T::read(json, reader);
    }

    fn write_field<M: SerializeMap>(&self, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        match self {
            Some(value) => value.write_field(name, out),
            None => Ok(()),
        }
    }

    fn demands(&self, language: Option<QueryLanguage>, out: &mut Demands<'_>) {
        let Some(value) = self else { return };
        match language {
            Some(language) => out.add(language, Cause::Field),
            None => value.demands(out),
        }
    }
}

impl<T: Shape> Slot for T {
    const REQUIRED: bool = true;

    fn fill<'j>(&mut self, json: &'j Json, reader: &mut Reader<'j>) {
        if let Some(value) = T::read(json, reader) {
            *self = value;
        }
    }

    fn write_field<M: SerializeMap>(&self, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        out.serialize_entry(name, &Written(self))
    }

    fn demands(&self, _language: Option<QueryLanguage>, out: &mut Demands<'_>) {
        Shape::demands(self, out);
    }
}

/// An object of the language, made by [`object!`].
pub(crate) trait Object: Default {
    /// What it is, with its article: "a Retrier".
    const TITLE: &'static str;
    /// Its fields in order of emission within their section.
    const FIELDS: &'static [FieldInfo];

    /// Converts one field. `false`: there is no field of that name.
    fn read_field<'j>(&mut self, name: &str, json: &'j Json, reader: &mut Reader<'j>) -> bool;

    /// Writes the fields of one section that are present.
    fn write_section<M: SerializeMap>(&self, section: Section, out: &mut M) -> Result<(), M::Error>;

    /// Collects what the fields demand.
    fn field_demands(&self, out: &mut Demands<'_>);

    /// Converts the object from JSON, all fields and nothing but its fields.
    fn read_object<'j>(json: &'j Json, reader: &mut Reader<'j>) -> Option<Self> {
        let mut object = Self::default();
        reader
            .object(json, Self::TITLE, &[Self::FIELDS], |name, value, reader| {
                object.read_field(name, value, reader)
            })
            .then_some(object)
    }

    /// Writes the JSON object.
    fn write_object<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut out = out.serialize_map(None)?;
        for section in Section::ALL {
            self.write_section(section, &mut out)?;
        }
        out.end()
    }
}

/// Declares an object of the language: the struct, and its [`Object`] from the same list.
///
/// Each line is `"JsonName" => field: Type,`, or `"JsonName" Jsonata => …` where only that query language has the field.
/// The type says whether the field may be absent. Fields that are not read by their name follow in `with { … }`.
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $name:ident = $title:literal {
            $(
                @$section:ident
                $( $(#[$field_meta:meta])* $json:literal $($language:ident)? => $field:ident: $ty:ty, )*
            )*
        }
        $( with { $( $(#[$extra_meta:meta])* $extra:ident: $extra_ty:ty, )* } )?
    ) => {
        $(#[$meta])*
        pub struct $name {
            $( $( $(#[$field_meta])* pub $field: $ty, )* )*
            $( $( $(#[$extra_meta])* pub $extra: $extra_ty, )* )?
        }

        #[allow(unused_variables, unreachable_code, reason = "an object may have no fields of its own")]
        impl $crate::asl::object::Object for $name {
            const TITLE: &'static str = $title;
            const FIELDS: &'static [$crate::asl::object::FieldInfo] = &[
                $( $( $crate::asl::object::FieldInfo {
                    name: $json,
                    required: <$ty as $crate::asl::object::Slot>::REQUIRED,
                }, )* )*
            ];

            fn read_field<'j>(
                &mut self,
                name: &str,
                json: &'j $crate::asl::json::Json,
                reader: &mut $crate::asl::read::Reader<'j>,
            ) -> bool {
                match name {
                    $( $( $json => $crate::asl::object::Slot::fill(&mut self.$field, json, reader), )* )*
                    _ => return false,
                }
                true
            }

            fn write_section<M: serde::ser::SerializeMap>(
                &self,
                section: $crate::asl::object::Section,
                out: &mut M,
            ) -> Result<(), M::Error> {
                $( if section == $crate::asl::object::Section::$section {
                    $( $crate::asl::object::Slot::write_field(&self.$field, $json, out)?; )*
                } )*
                Ok(())
            }

            fn field_demands(&self, out: &mut $crate::asl::object::Demands<'_>) {
                $( $(
                    let language = [$($crate::asl::enums::QueryLanguage::$language)?].first().copied();
                    out.member($json, |out| $crate::asl::object::Slot::demands(&self.$field, language, out));
                )* )*
            }
        }
    };
}

/// Makes objects that have nothing but their list of fields a [`Shape`].
macro_rules! plain_objects {
    ($($name:ident),* $(,)?) => { $(
        impl $crate::asl::object::Shape for $name {
            fn read<'j>(
                json: &'j $crate::asl::json::Json,
                reader: &mut $crate::asl::read::Reader<'j>,
            ) -> Option<Self> {
                $crate::asl::object::Object::read_object(json, reader)
            }

            fn write<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                $crate::asl::object::Object::write_object(self, out)
            }

            fn demands(&self, out: &mut $crate::asl::object::Demands<'_>) {
                $crate::asl::object::Object::field_demands(self, out);
            }
        }
    )* };
}

pub(crate) use {object, plain_objects};
