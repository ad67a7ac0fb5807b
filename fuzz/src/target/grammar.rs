//! Paths and Intrinsic Functions.

use serde_json::{Value, json};
use stepwright_codegen::asl;
use stepwright_codegen::asl::intrinsic::{Argument, Call};
use stepwright_codegen::asl::path::Path;
use stepwright_sim::data::{Random, Variables, View, intrinsic, path};

use super::bytes::{joined, parts, value};
use super::checking::is_true;
use crate::draw::Drawer;

/// Reads a text as both, evaluates it, and checks a definition with it.
pub(super) fn try_out(bytes: &[u8]) -> Result<(), String> {
    let (text, rest) = parts(bytes);
    let (input, context) = (value(&rest), json!({ "State": { "Name": "A" } }));
    let (variables, random) =
        (Variables::from_iter([("v".to_owned(), json!([1, { "a": 2 }]))]), Random::new(0));
    let view = View::new(&input, &context, &variables, &random);
    let found = path::select(&text, &view);
    match Path::read(&text) {
        Ok(read) => {
            let _ = (read.is_definite(), path::exists(&text, &view));
            let _ = path::select_for_field(&text, &view, "a.$");
            let assigned = path::assign(&text, &input, json!("new"));
            if assigned.is_ok() && text != "$" && !read.is_reference() {
                return Err("something is assigned by what is no Reference Path".to_owned());
            }
        }
        Err(_) if found.is_ok() => return Err("something is found by what is no Path".to_owned()),
        Err(_) => {}
    }
    match Call::read(&text) {
        Ok(call) => paths(&call, &mut |path| drop(path::select(path, &view))),
        Err(_) if intrinsic::call(&text, &view).is_ok() => {
            return Err("something is called by what is no call".to_owned());
        }
        Err(_) => {}
    }
    drop(intrinsic::call(&text, &view));
    in_definition(&text, &input)
}

/// All Paths in the arguments.
fn paths(call: &Call, see: &mut impl FnMut(&str)) {
    for argument in &call.arguments {
        match argument {
            Argument::Path(path) => see(path),
            Argument::Call(call) => paths(call, see),
            _ => {}
        }
    }
}

/// The text where definitions have such texts.
fn in_definition(text: &str, input: &Value) -> Result<(), String> {
    let definition = json!({ "StartAt": "V", "States": {
        "V": { "Type": "Pass", "Assign": { "v": [1, { "a": 2 }] }, "Next": "C" },
        "C": {
            "Type": "Choice",
            "Choices": [{ "Variable": text, "IsPresent": true, "Next": "A" }],
            "Default": "A",
        },
        "A": { "Type": "Pass", "Parameters": { "x.$": text, "y": { "z.$": text } }, "ResultPath": "$.r", "Next": "B" },
        "B": { "Type": "Pass", "InputPath": "$.r.x", "End": true },
    }});
    let mut of_result = definition.clone();
    of_result["States"]["A"]["ResultPath"] = text.into();
    of_result["States"]["A"]["Parameters"] = json!({ "x": 1 });
    of_result["States"]["B"]["InputPath"] = text.into();
    for definition in [definition, of_result] {
        if let Ok(document) = asl::read(&definition.to_string()) {
            is_true(&document, input)?;
        }
    }
    Ok(())
}

/// A Path or a call, and the document that it looks at.
pub(super) fn draw(drawer: &Drawer) -> String {
    let text = if drawer.chance(50) { drawer.any_path() } else { drawer.any_intrinsic(3) };
    joined(&text, &drawer.input().to_string())
}
