//! Changes definitions at random.

use serde_json::{Map, Value};

use crate::draw::Drawer;

/// Every place of a value, outer ones first, as JSON pointers.
pub fn places(value: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let mut next = 0;
    while next < places.len() {
        let place = places[next].clone();
        match value.pointer(&place) {
            Some(Value::Object(members)) => {
                let names = members.keys().map(|name| name.replace('~', "~0").replace('/', "~1"));
                places.extend(names.map(|name| format!("{place}/{name}")));
            }
            Some(Value::Array(items)) => {
                places.extend((0..items.len()).map(|index| format!("{place}/{index}")));
            }
            _ => {}
        }
        next += 1;
    }
    places
}

/// Takes a value away, if its place still is there and has something around it.
pub fn remove(value: &mut Value, place: &str) -> Option<Value> {
    let (around, token) = place.rsplit_once('/')?;
    match value.pointer_mut(around)? {
        Value::Object(members) => members.shift_remove(&unescape(token)),
        Value::Array(items) => {
            let index = token.parse().ok().filter(|index| *index < items.len())?;
            Some(items.remove(index))
        }
        _ => None,
    }
}

/// Changes a definition in a few places: values swapped, taken away, copied elsewhere or replaced, members renamed.
pub fn mutate(definition: &mut Value, drawer: &Drawer) {
    for _ in 0..=drawer.below(4) {
        let places = places(definition);
        let (one, other) = (drawer.one(&places), drawer.one(&places));
        match drawer.below(7) {
            0 => drop(remove(definition, one)),
            1 => swap(definition, one, other),
            2 | 3 => copy(definition, one, other),
            4 => rename(definition, one, other),
            _ => replace(definition, one, drawn(drawer)),
        }
    }
}

fn drawn(drawer: &Drawer) -> Value {
    match drawer.below(8) {
        0 => drawer.path().into(),
        1 => drawer.expression().into(),
        2 => drawer.intrinsic(2).into(),
        3 => drawer.number(),
        4 => drawer.error().into(),
        5 => drawer.template(2),
        6 => drawer.hostile(),
        _ => drawer.value(2),
    }
}

fn replace(definition: &mut Value, place: &str, value: Value) {
    if let Some(old) = definition.pointer_mut(place).filter(|_| !place.is_empty()) {
        *old = value;
    }
}

fn swap(definition: &mut Value, one: &str, other: &str) {
    if let (Some(first), Some(second)) =
        (definition.pointer(one).cloned(), definition.pointer(other).cloned())
    {
        replace(definition, one, second);
        replace(definition, other, first);
    }
}

/// Puts a copy of a value into an object, or in the place of another value.
fn copy(definition: &mut Value, from: &str, to: &str) {
    let Some(value) = definition.pointer(from).cloned() else { return };
    let name = from.rsplit('/').next().map(unescape).unwrap_or_default();
    match definition.pointer_mut(to) {
        Some(Value::Object(members)) => drop(members.insert(name, value)),
        Some(Value::Array(items)) => items.push(value),
        _ => replace(definition, to, value),
    }
}

/// Gives a member the name of another one.
fn rename(definition: &mut Value, place: &str, like: &str) {
    let name = like.rsplit('/').next().map(unescape).unwrap_or_default();
    let Some((around, token)) = place.rsplit_once('/') else { return };
    if let Some(Value::Object(members)) = definition.pointer_mut(around) {
        let token = unescape(token);
        let renamed = std::mem::take(members).into_iter().map(|(key, value)| {
            let key = if key == token { name.clone() } else { key };
            (key, value)
        });
        *members = renamed.collect::<Map<_, _>>();
    }
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Changes the bytes of a text.
pub fn garble(text: &str, drawer: &Drawer) -> String {
    const TOKENS: &[&str] =
        &["{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "0", "-", "\u{feff}", "é", "\n"];
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=drawer.below(4) {
        let at = drawer.below(bytes.len() + 1);
        let end = (at + drawer.below(20)).min(bytes.len());
        match drawer.below(5) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.truncate(at),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 => drop(bytes.splice(at..at, drawer.word(TOKENS).into_bytes())),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(drawer.below(256)).unwrap_or_default();
                }
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_name_everything() {
        let value = json!({ "a/b": [1, { "~": null }] });
        let expected = ["", "/a~1b", "/a~1b/0", "/a~1b/1", "/a~1b/1/~0"];
        assert_eq!(places(&value), expected);
        assert!(expected.iter().all(|place| value.pointer(place).is_some()));
    }

    #[test]
    fn what_is_removed_is_gone() {
        let mut value = json!({ "a/b": [1, 2], "c": 3 });
        assert_eq!(remove(&mut value, "/a~1b/0"), Some(json!(1)));
        assert_eq!(remove(&mut value, "/a~1b/7"), None);
        assert_eq!(remove(&mut value, "/c"), Some(json!(3)));
        assert_eq!(value, json!({ "a/b": [2] }));
    }

    #[test]
    fn a_seed_mutates_in_one_way() {
        let mutated = |seed| {
            let mut value = json!({ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } });
            mutate(&mut value, &Drawer::new(seed));
            (garble(&value.to_string(), &Drawer::new(seed)), value)
        };
        assert!((0..50).all(|seed| mutated(seed) == mutated(seed)));
        assert!((0..50).any(|seed| mutated(seed) != mutated(seed + 1)));
    }
}
