//! The Wait state.

use std::time::Duration;

use serde_json::Value;
use stepwright_codegen::asl::{OrExpression, QueryLanguage, Wait};

use crate::data::{Failure, text, time};
use crate::fault::Fault;
use crate::interpreter::frame::{FrameId, Phase};
use crate::interpreter::{Interpreter, Step};
use crate::timestamp;

impl Interpreter<'_, '_> {
    /// Waits for a number of seconds, or until a point in time.
    pub(crate) fn wait(&mut self, id: FrameId, wait: &Wait) -> Result<Step, Fault> {
        let delay = self.delay(id, wait)?;
        // The service counts the seconds of a wait in 32 bits.
        if delay.as_secs() > i32::MAX.unsigned_abs().into() {
            return Err(Failure::runtime("Wait state delay is too long.").into());
        }
        self.frames[id].phase = Phase::Waiting;
        self.alarm(id, delay);
        Ok(Step::Suspend)
    }

    fn delay(&mut self, id: FrameId, wait: &Wait) -> Result<Duration, Failure> {
        if let Some(seconds) = &wait.seconds {
            let seconds = match seconds {
                OrExpression::Constant(seconds) => *seconds,
                OrExpression::Expression(_) => {
                    let value = self.constant_or(id, seconds, "Seconds")?;
                    let cause =
                        || format!("The Seconds field must be a non-negative integer but was: {value}");
                    value.as_u64().ok_or_else(|| Failure::query(cause(), "Seconds"))?
                }
            };
            return Ok(Duration::from_secs(seconds));
        }
        if let Some(path) = &wait.seconds_path {
            return self.seconds_path(id, path).map(Duration::from_secs);
        }
        if let Some(path) = &wait.timestamp_path {
            return self.timestamp_path(id, path);
        }
        let Some(timestamp) = &wait.timestamp else { return Ok(Duration::ZERO) };
        if self.language(id) == QueryLanguage::JsonPath {
            let invalid = || format!("The Timestamp field is no RFC 3339 time: {timestamp}");
            return self.until(timestamp).ok_or_else(|| Failure::runtime(invalid()));
        }
        let value = self.resolve(id, &Value::String(timestamp.clone()), "Timestamp")?;
        let timestamp = value.as_str().map_or_else(|| text::json(&value), str::to_owned);
        self.until(&timestamp).ok_or_else(|| {
            let cause = format!(
                "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {timestamp}"
            );
            Failure::query(cause, "Timestamp")
        })
    }

    fn seconds_path(&mut self, id: FrameId, path: &str) -> Result<u64, Failure> {
        let input = self.effective_input(id)?;
        let value = self.path(id, path, &input)?;
        let shown = value.as_str().map_or_else(|| text::json(&value), str::to_owned);
        let Some(seconds) = value.as_i64().or_else(|| shown.parse().ok()) else {
            let cause =
                format!("The SecondsPath parameter cannot be parsed as a long value: {path} == {shown}");
            return Err(Failure::runtime(cause));
        };
        u64::try_from(seconds).map_err(|_| {
            Failure::runtime(format!(
                "The SecondsPath parameter references a negative value: {path} == {shown}"
            ))
        })
    }

    fn timestamp_path(&mut self, id: FrameId, path: &str) -> Result<Duration, Failure> {
        let input = self.effective_input(id)?;
        let value = self.path(id, path, &input)?;
        let shown = value.as_str().map_or_else(|| text::json(&value), str::to_owned);
        self.until(&shown).ok_or_else(|| {
            Failure::runtime(format!(
                "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format \
                 string: {path} == {shown}"
            ))
        })
    }

    /// How long it is until a point in time, fractions of a second left out; nothing for one that has passed.
    fn until(&self, text: &str) -> Option<Duration> {
        let now = timestamp::after(self.settings.started, self.clock.now());
        let target = time::parse(text)?.seconds.saturating_mul(1_000);
        Some(Duration::from_millis(u64::try_from(target.saturating_sub(now)).unwrap_or_default()))
    }
}
