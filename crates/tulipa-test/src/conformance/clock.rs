//! The kit of [`Clock`](tulipa_rt::Clock).

use std::time::Duration;

use super::Subject;

/// Checks a loop's [`Clock`](tulipa_rt::Clock):
///
/// - it never goes back, neither between two looks nor over iterations;
/// - it goes on by as much as was waited;
/// - a deadline is so far from now as was asked;
/// - a deadline beyond what [`Instant`](std::time::Instant) can say is `None`.
///
/// # Panics
///
/// If a promise is not kept, saying which.
#[track_caller]
pub fn clock<S: Subject>(make: impl Fn() -> S) {
    never_goes_back(make());
    goes_on(make());
    deadlines(&make());
}

fn never_goes_back<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let mut last = runtime.now();
    for round in 0..1000 {
        let now = runtime.now();
        assert!(now >= last, "the clock went back by {:?}", last - now);
        last = now;
        if round % 10 == 0 {
            subject.turn(Duration::ZERO);
        }
    }
}

fn goes_on<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let start = runtime.now();
    for _ in 0..3 {
        let (before, time) = (runtime.now(), Duration::from_millis(3));
        subject.pass_time(time);
        assert!(runtime.now() >= before + time, "the clock went on by less than was waited");
    }
    assert!(runtime.now() >= start + Duration::from_millis(9), "the clock lost time");
}

fn deadlines<S: Subject>(subject: &S) {
    let runtime = subject.runtime();
    for after in [0, 1, 1_000, 1_000_000_000].map(Duration::from_millis) {
        let before = runtime.now();
        let deadline = runtime.deadline(after).expect("a deadline of at most twelve days");
        assert!(deadline >= before + after, "a deadline is too early");
        assert!(deadline <= runtime.now() + after, "a deadline is too late");
    }
    assert_eq!(runtime.deadline(Duration::MAX), None, "a deadline at the end of time");
}
