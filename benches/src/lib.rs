//! A comparison of runtimes: rounds in turn, medians, ratios.
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

/// One runtime's way to do a number of operations.
pub struct Contender {
    /// Whose it is; the first of a comparison is ours.
    pub name: &'static str,
    /// Does so many operations, setup and teardown included.
    pub run: fn(operations: u32),
}

impl std::fmt::Debug for Contender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// How many rounds each contender gets.
const ROUNDS: usize = 15;

/// Times the contenders in turn and prints medians and our share of each rival's.
///
/// # Panics
///
/// If there is no contender.
pub fn compare(workload: &str, operations: u32, contenders: &[Contender]) {
    let mut times = vec![Vec::with_capacity(ROUNDS); contenders.len()];
    // The first round warms up and does not count.
    for round in 0..=ROUNDS {
        for (contender, times) in contenders.iter().zip(&mut times) {
            let start = Instant::now();
            (contender.run)(operations);
            if round > 0 {
                times.push(start.elapsed() / operations);
            }
        }
    }
    let medians = times.iter_mut().map(|times| median(times)).collect::<Vec<_>>();
    let ours = medians.first().expect("at least one contender").as_secs_f64();
    for (contender, median) in contenders.iter().zip(&medians) {
        let share = ours / median.as_secs_f64();
        println!(
            "{workload:<16}{:<12}{:>8} ns   ours is {share:.2} of it",
            contender.name,
            median.as_nanos()
        );
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
