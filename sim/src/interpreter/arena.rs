//! Values in numbered places that are used again.

use std::fmt;
use std::marker::PhantomData;

/// Values by place. A place stays the same until its value is removed.
#[derive(Debug)]
pub(crate) struct Arena<T> {
    places: Vec<Option<T>>,
    free: Vec<usize>,
}

/// A place in an [`Arena`].
pub(crate) struct Id<T> {
    place: usize,
    of: PhantomData<fn() -> T>,
}

impl<T> Arena<T> {
    /// An empty arena.
    pub(crate) fn new() -> Self {
        Self { places: Vec::new(), free: Vec::new() }
    }

    /// Puts a value into a free place.
    pub(crate) fn insert(&mut self, value: T) -> Id<T> {
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push(None);
            self.places.len() - 1
        });
        self.places[place] = Some(value);
        Id { place, of: PhantomData }
    }

    /// Takes a value out.
    pub(crate) fn remove(&mut self, id: Id<T>) -> Option<T> {
        let value = self.places[id.place].take();
        if value.is_some() {
            self.free.push(id.place);
        }
        value
    }

    /// The value in a place to be changed, if there still is one.
    pub(crate) fn get_mut(&mut self, id: Id<T>) -> Option<&mut T> {
        self.places[id.place].as_mut()
    }

    /// The value in a place, if there still is one.
    pub(crate) fn get(&self, id: Id<T>) -> Option<&T> {
        self.places[id.place].as_ref()
    }
}

/// Indexing is for places that are in use. Invariant: whoever removes a value forgets its place.
impl<T> std::ops::Index<Id<T>> for Arena<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        self.places[id.place].as_ref().expect("invariant: a place in use holds a value")
    }
}

impl<T> std::ops::IndexMut<Id<T>> for Arena<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        self.places[id.place].as_mut().expect("invariant: a place in use holds a value")
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl<T> Eq for Id<T> {}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_place_is_used_again() {
        let mut arena = Arena::new();
        let (first, second) = (arena.insert('a'), arena.insert('b'));
        assert_eq!(arena.remove(first), Some('a'));
        assert_eq!(arena.get(first), None);
        assert_eq!(arena.insert('c'), first);
        assert_eq!((arena[first], arena[second]), ('c', 'b'));
    }
}
