//! The shapes of what operations take and answer.

use std::fmt;

use crate::api::catalog::Service;

/// A shape of a service. Shapes may contain themselves, so that they name each other.
#[derive(Clone, Copy)]
pub struct ShapeRef {
    service: &'static Service,
    index: usize,
}

/// What JSON is at some place.
#[derive(Debug)]
pub enum Shape {
    /// An object with members that are known by name.
    Structure(Structure),
    /// An array.
    List {
        /// Each of its elements.
        element: ShapeRef,
        /// How many there are.
        length: Bounds,
    },
    /// An object whose members are named by whoever writes it.
    Map {
        /// Each of its values.
        value: ShapeRef,
        /// How many there are.
        length: Bounds,
    },
    /// One of these texts.
    Enum(Vec<&'static str>),
    /// A text of that length.
    String(Bounds),
    /// Bytes, which are text in Step Functions.
    Blob(Bounds),
    /// A date and time, which is text in Step Functions.
    Timestamp,
    /// A whole number of 32 bits.
    Integer(Bounds),
    /// A whole number of 64 bits.
    Long(Bounds),
    /// A number of single precision.
    Float(Bounds),
    /// A number of double precision.
    Double(Bounds),
    /// `true` or `false`.
    Boolean,
    /// Any JSON.
    Document,
}

/// An object with members that are known by name.
#[derive(Debug)]
pub struct Structure {
    /// Its name in the API; empty where an operation takes or answers nothing.
    pub name: &'static str,
    /// Its members, by name.
    pub members: Vec<Member>,
}

/// A member of a [`Structure`].
#[derive(Debug)]
pub struct Member {
    /// Its name, as Step Functions spells it.
    pub name: &'static str,
    /// Whether the API says that it is always there.
    pub is_required: bool,
    /// Its value.
    pub shape: ShapeRef,
}

/// The least and the greatest that a number or a length may be.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// The least.
    pub min: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
}

impl ShapeRef {
    pub(super) fn new(service: &'static Service, index: usize) -> Self {
        Self { service, index }
    }

    /// The shape itself.
    pub fn shape(self) -> &'static Shape {
        self.service.shape(self.index)
    }
}

/// Names the shape, but does not go into it: it might contain itself.
impl fmt::Debug for ShapeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ShapeRef({}, {})", self.service.name, self.index)
    }
}

impl Structure {
    /// The member of that name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}
