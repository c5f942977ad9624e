//! The kit of [`Timer`](tulipa_rt::Timer): many timers.

use std::collections::BTreeMap;
use std::time::Duration;

use tulipa_rt::TimerId;

use super::{CROWD, LONG, Log, Subject, settle, turn_until};
use crate::CountingWaker;

pub(super) fn all<S: Subject>(make: impl Fn() -> S) {
    a_crowd_is_cancelled(make());
    one_after_the_other(make());
    a_crowd_fires(make());
    as_a_model(make());
}

/// Numbers without a pattern, the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        // An xorshift generator: enough to mix deadlines.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

fn a_crowd_is_cancelled<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let [crowd, one] = std::array::from_fn(|_| CountingWaker::new());
    let mut numbers = Numbers(1);
    let base = runtime.now() + LONG;
    let mut ids: Vec<_> = (0..CROWD)
        .map(|_| {
            runtime.wake_at(base + Duration::from_micros(numbers.below(1 << 40)), crowd.waker())
        })
        .collect();
    assert_eq!(crowd.clones(), CROWD, "each is armed");
    for last in (1..CROWD as u64).rev() {
        let other = usize::try_from(numbers.below(last + 1)).expect("less than the crowd");
        ids.swap(other, usize::try_from(last).expect("less than the crowd"));
    }
    assert!(ids.into_iter().all(|id| runtime.cancel(id)), "each was armed");
    assert_eq!(crowd.clones(), 0, "each is let go");
    runtime.wake_at(runtime.now() + Duration::from_millis(1), one.waker());
    turn_until(&mut subject, LONG, "a timer fires after a crowd", || one.wakes() > 0);
    assert_eq!(crowd.wakes(), 0, "a timer that was cancelled does not fire");
}

/// The life of a timeout that does not fire, again and again.
fn one_after_the_other<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let [crowd, one] = std::array::from_fn(|_| CountingWaker::new());
    let deadline = runtime.now() + LONG;
    for _ in 0..CROWD {
        let id = runtime.wake_at(deadline, crowd.waker());
        assert!(runtime.cancel(id), "it was armed");
    }
    assert_eq!((crowd.wakes(), crowd.clones()), (0, 0), "each is let go");
    runtime.wake_at(runtime.now() + Duration::from_millis(1), one.waker());
    turn_until(&mut subject, LONG, "a timer fires after a crowd", || one.wakes() > 0);
}

fn a_crowd_fires<S: Subject>(mut subject: S) {
    let runtime = subject.runtime();
    let crowd = CountingWaker::new();
    let mut numbers = Numbers(2);
    let base = runtime.now();
    for _ in 0..CROWD {
        runtime.wake_at(base + Duration::from_micros(numbers.below(4_000)), crowd.waker());
    }
    subject.pass_time(Duration::from_millis(5));
    turn_until(&mut subject, LONG, "a crowd fires", || crowd.wakes() >= CROWD);
    settle(&mut subject);
    assert_eq!((crowd.wakes(), crowd.clones()), (CROWD, 0), "each fires once");
}

/// Timers armed and cancelled in turns; those left fire in the order of a sorted map.
fn as_a_model<S: Subject>(mut subject: S) {
    let mut numbers = Numbers(3);
    for _ in 0..20 {
        let (runtime, log) = (subject.runtime(), Log::default());
        let base = runtime.now();
        let mut model: BTreeMap<(u64, usize), TimerId> = BTreeMap::new();
        for event in 0..500 {
            let after = numbers.below(50);
            let deadline = base + Duration::from_micros(after * 100);
            model.insert((after, event), runtime.wake_at(deadline, &log.waker(event)));
            if numbers.below(5) < 3 {
                let place = usize::try_from(numbers.below(model.len() as u64)).expect("small");
                let key = *model.keys().nth(place).expect("a place in the map");
                let id = model.remove(&key).expect("a key of the map");
                assert!(runtime.cancel(id), "it is armed");
            }
        }
        subject.pass_time(Duration::from_millis(6));
        turn_until(&mut subject, LONG, "timers fire", || log.len() >= model.len());
        settle(&mut subject);
        let expected: Vec<_> = model.into_keys().map(|(_, event)| event).collect();
        assert_eq!(log.take(), expected, "order of deadline, then of creation");
    }
}
