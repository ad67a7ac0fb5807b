//! Base64 and hashes.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use md5::{Digest, Md5};
use serde_json::Value;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use crate::data::intrinsic::Problem;
use crate::data::text;

/// The most characters that these functions take.
const MAX_LENGTH: usize = 10_000;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// `States.Base64Encode`.
pub(super) fn base64_encode(text: &str) -> Result<Value, Problem> {
    check_length(text, "States.Base64Encode")?;
    Ok(Value::String(STANDARD.encode(text)))
}

/// `States.Base64Decode`: with or without padding; line breaks are passed over, as the MIME variant wants.
pub(super) fn base64_decode(text: &str) -> Result<Value, Problem> {
    check_length(text, "States.Base64Decode")?;
    let letters: String = text.chars().filter(|character| !matches!(character, '\r' | '\n')).collect();
    match LENIENT.decode(letters) {
        Ok(bytes) => Ok(Value::String(String::from_utf8_lossy(&bytes).into_owned())),
        Err(_) => Problem::arguments("Invalid arguments in States.Base64Decode: the string is not Base64"),
    }
}

/// `States.Hash`: of a string's text, or of the JSON of anything else.
pub(super) fn hash(data: &Value, algorithm: &str) -> Result<Value, Problem> {
    let text = match data {
        Value::String(text) => text.clone(),
        _ => text::json(data),
    };
    check_length(&text, "States.Hash")?;
    digest(&text, algorithm).map_or_else(
        || {
            Problem::arguments(format!(
                "Invalid arguments in States.Hash: there is no algorithm '{algorithm}'"
            ))
        },
        |digest| Ok(Value::String(digest)),
    )
}

/// The hash of a text in lower-case hexadecimal; `None` for an unknown algorithm.
pub(in crate::data) fn digest(text: &str, algorithm: &str) -> Option<String> {
    match algorithm {
        "MD5" => Some(hex(&Md5::digest(text))),
        "SHA-1" => Some(hex(&Sha1::digest(text))),
        "SHA-256" => Some(hex(&Sha256::digest(text))),
        "SHA-384" => Some(hex(&Sha384::digest(text))),
        "SHA-512" => Some(hex(&Sha512::digest(text))),
        _ => None,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // Writing to a String cannot fail.
        text
    })
}

fn check_length(text: &str, function: &str) -> Result<(), Problem> {
    if text.chars().nth(MAX_LENGTH).is_none() {
        return Ok(());
    }
    Problem::arguments(format!("Invalid arguments in {function}: more than {MAX_LENGTH} characters"))
}
