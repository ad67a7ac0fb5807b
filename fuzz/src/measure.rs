//! How the time grows with the size of a case.

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use stepwright_fuzz::growth::{FAMILIES, Family};
use stepwright_fuzz::working_time;

use crate::STACK;

/// What grows faster is told: twice the size takes twice the time, and a bit more.
const FACTOR: f64 = 2.8;

/// What takes less is not measured well.
const LEAST: Duration = Duration::from_millis(40);

/// Longer than a definition may be.
const LONGEST: usize = 2_000_000;

/// Measures the families with such names, and tells which grow faster than their size.
pub(crate) fn measure(name: &str) -> io::Result<ExitCode> {
    let mut is_fine = true;
    for family in FAMILIES.iter().filter(|family| family.name.contains(name)) {
        // With the stack of a test's thread, as a case is tried out.
        let steps = thread::Builder::new().stack_size(STACK).spawn(|| steps(family))?;
        let steps = steps.join().map_err(|_| io::Error::other(format!("{} panics", family.name)))?;
        let grows = steps.windows(2).all(|pair| pair[1].1.as_secs_f64() > FACTOR * pair[0].1.as_secs_f64());
        let is_fast = steps.last().is_none_or(|(_, time)| *time < LEAST) || !grows;
        is_fine &= is_fast;
        let shown: Vec<_> =
            steps.iter().map(|(size, time)| format!("{size} in {} ms", time.as_millis())).collect();
        let verdict = if is_fast { "fine" } else { "GROWS" };
        writeln!(io::stdout(), "{verdict:5} {} {}: {}", family.target.name(), family.name, shown.join(", "))?;
    }
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The last three sizes that take some time, each twice the one before.
fn steps(family: &Family) -> Vec<(usize, Duration)> {
    let (mut steps, mut size) = (Vec::new(), 4);
    loop {
        let case = family.case(size);
        let time = time(family, &case);
        steps.push((size, time));
        if case.len() > LONGEST || time > Duration::from_secs(2) || size > 1 << 17 {
            return steps.split_off(steps.len().saturating_sub(3));
        }
        size *= 2;
    }
}

fn time(family: &Family, case: &[u8]) -> Duration {
    let before = working_time();
    family.target.work_on(case);
    working_time().saturating_sub(before)
}
