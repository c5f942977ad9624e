//! asyncio statements S-BARRIER-1 to 5, and cancellation in each phase.

use super::kind::Barrier;
use crate::support::{Bells, now};

/// S-BARRIER-1: the last does not wait; each gets its index, in order of arrival.
#[test]
fn the_last_to_come_lets_all_go_on() {
    let (barrier, bells) = (Barrier::new(3), Bells::new());
    let mut a = bells.waiting('a', barrier.wait());
    let mut b = bells.waiting('b', barrier.wait());
    assert_eq!((barrier.parties(), barrier.n_waiting()), (3, 2));
    assert_eq!(now(barrier.wait()), Ok(2));
    assert_eq!(bells.rung(), ['a', 'b']);
    assert_eq!(barrier.n_waiting(), 0);
    assert_eq!((b.ready(), a.ready()), (Ok(1), Ok(0)));
    // And again.
    let _a = bells.waiting('a', barrier.wait());
    let _b = bells.waiting('b', barrier.wait());
    assert_eq!(now(barrier.wait()), Ok(2));
}

#[test]
fn a_barrier_of_one_or_none_never_waits() {
    for parties in [0, 1] {
        let barrier = Barrier::new(parties);
        assert_eq!(barrier.parties(), 1);
        assert_eq!((now(barrier.wait()), now(barrier.wait())), (Ok(0), Ok(0)));
    }
}

/// S-BARRIER-2: who comes while it drains waits, then counts for the next round.
#[test]
fn arrivals_while_draining_count_for_the_next_round() {
    let (barrier, bells) = (Barrier::new(2), Bells::new());
    let mut a = bells.waiting('a', barrier.wait());
    assert_eq!(now(barrier.wait()), Ok(1));
    let mut c = bells.waiting('c', barrier.wait());
    let mut d = bells.waiting('d', barrier.wait());
    let mut e = bells.waiting('e', barrier.wait());
    assert_eq!(bells.rung(), ['a']);
    assert_eq!(a.ready(), Ok(0));
    assert_eq!(bells.rung(), ['c', 'd', 'e']);
    c.waits();
    assert_eq!(barrier.n_waiting(), 1);
    assert_eq!(d.ready(), Ok(1));
    assert_eq!(bells.rung(), ['c']);
    e.waits(); // the round of c and d is not over
    assert_eq!(c.ready(), Ok(0));
    assert_eq!(bells.rung(), ['e']);
    e.waits();
    assert_eq!(barrier.n_waiting(), 1);
}

/// S-BARRIER-3: a cancelled waiter is taken out, the barrier is not broken. Indices stay distinct.
#[test]
fn a_waiter_that_is_dropped_is_merely_not_there() {
    let (barrier, bells) = (Barrier::new(3), Bells::new());
    let a = bells.waiting('a', barrier.wait());
    let mut b = bells.waiting('b', barrier.wait());
    drop(a);
    assert_eq!((barrier.n_waiting(), barrier.broken()), (1, false));
    let mut c = bells.waiting('c', barrier.wait());
    assert_eq!(now(barrier.wait()), Ok(2));
    assert_eq!((b.ready(), c.ready()), (Ok(0), Ok(1)));
}

/// Dropped while it drains, the last to leave lets the next round in.
#[test]
fn a_waiter_dropped_while_draining_has_left() {
    let (barrier, bells) = (Barrier::new(2), Bells::new());
    let a = bells.waiting('a', barrier.wait());
    assert_eq!(now(barrier.wait()), Ok(1));
    let c = bells.waiting('c', barrier.wait());
    let mut d = bells.waiting('d', barrier.wait());
    drop(c); // outside, and not in the way
    bells.rung();
    drop(a);
    assert_eq!(bells.rung(), ['d']);
    d.waits();
    assert_eq!(now(barrier.wait()), Ok(1));
}

/// S-BARRIER-4: reset breaks those who wait; it fills again when the last has left.
#[test]
fn reset_sends_the_waiting_away() {
    let (barrier, bells) = (Barrier::new(3), Bells::new());
    let mut a = bells.waiting('a', barrier.wait());
    let b = bells.waiting('b', barrier.wait());
    barrier.reset();
    assert_eq!(bells.rung(), ['a', 'b']);
    assert_eq!((barrier.broken(), barrier.n_waiting()), (false, 0));
    let mut c = bells.waiting('c', barrier.wait());
    assert!(a.ready().is_err());
    c.waits();
    assert_eq!(bells.rung(), []);
    drop(b);
    assert_eq!(bells.rung(), ['c']);
    c.waits();
    assert_eq!(barrier.n_waiting(), 1);
}

/// S-BARRIER-4: without anybody inside, reset changes nothing.
#[test]
fn reset_of_an_empty_barrier_is_no_harm() {
    let barrier = Barrier::new(1);
    barrier.reset();
    assert_eq!(now(barrier.wait()), Ok(0));
}

/// S-BARRIER-4: reset while it drains breaks those who have not left yet.
#[test]
fn reset_while_draining_breaks_the_rest() {
    let (barrier, bells) = (Barrier::new(3), Bells::new());
    let mut a = bells.waiting('a', barrier.wait());
    let mut b = bells.waiting('b', barrier.wait());
    now(barrier.wait()).unwrap();
    assert_eq!(a.ready(), Ok(0));
    barrier.reset();
    assert!(b.ready().is_err());
    let _c = bells.waiting('c', barrier.wait());
    assert_eq!(barrier.n_waiting(), 1);
}

/// S-BARRIER-5: abort breaks all, present and future, until reset.
#[test]
fn abort_is_sticky() {
    let (barrier, bells) = (Barrier::new(2), Bells::new());
    let mut a = bells.waiting('a', barrier.wait());
    barrier.abort();
    assert_eq!(bells.rung(), ['a']);
    assert_eq!((barrier.broken(), barrier.n_waiting()), (true, 0));
    let error = a.ready().unwrap_err();
    assert!(error.to_string().contains("aborted"), "{error}");
    assert!(now(barrier.wait()).is_err());
    barrier.reset();
    assert!(!barrier.broken());
    let mut a = bells.waiting('a', barrier.wait());
    assert_eq!((now(barrier.wait()), a.ready()), (Ok(1), Ok(0)));
}

/// S-BARRIER-5: also those who wait outside; and a reset waits for those still inside.
#[test]
fn abort_reaches_those_outside() {
    let (barrier, bells) = (Barrier::new(2), Bells::new());
    let mut a = bells.waiting('a', barrier.wait());
    now(barrier.wait()).unwrap();
    let mut c = bells.waiting('c', barrier.wait());
    barrier.abort();
    assert_eq!(bells.rung(), ['a', 'c']);
    assert!(c.ready().is_err());
    barrier.reset();
    let mut d = bells.waiting('d', barrier.wait());
    d.waits();
    assert!(a.ready().is_err());
    assert_eq!(bells.rung(), ['d']);
    d.waits();
    assert_eq!(barrier.n_waiting(), 1);
}

#[test]
fn a_new_waker_is_the_one_woken() {
    let (barrier, bells) = (Barrier::new(2), Bells::new());
    let mut a = bells.waiting('a', barrier.wait());
    a.set_waker(bells.waker('A'));
    a.waits();
    now(barrier.wait()).unwrap();
    assert_eq!(bells.rung(), ['A']);
    assert_eq!(format!("{barrier:?}"), "Barrier { phase: Draining, parties: 2, inside: 1, .. }");
    assert!(format!("{:?}", barrier.wait()).starts_with("BarrierWait { barrier: Barrier {"));
}
