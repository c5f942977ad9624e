//! asyncio statements S-SEM-1 to 4, permits, cancellation.

use super::kind::{BoundedSemaphore, Pointer, Semaphore};
use crate::support::{Bells, now};

/// S-SEM-1: acquire queues only if the value is 0 or others are in line.
#[test]
fn permits_that_are_there_are_had_at_once() {
    let semaphore = Semaphore::new(2);
    let first = now(semaphore.acquire());
    assert_eq!((semaphore.value(), semaphore.locked()), (1, false));
    let second = semaphore.try_acquire().unwrap();
    assert_eq!((semaphore.value(), semaphore.locked()), (0, true));
    assert!(semaphore.try_acquire().is_none());
    drop((first, second));
    assert_eq!(semaphore.value(), 2);
    assert_eq!(Semaphore::default().value(), 1);
}

/// S-SEM-1: first come, first served; no barging, even past a waiter that has its permit.
#[test]
fn a_newcomer_queues_behind_whoever_is_in_line() {
    let (semaphore, bells) = (Semaphore::new(0), Bells::new());
    let mut a = bells.waiting('a', semaphore.acquire());
    semaphore.release();
    semaphore.release();
    assert_eq!(bells.rung(), ['a']);
    assert_eq!((semaphore.value(), semaphore.locked()), (1, true));
    assert!(semaphore.try_acquire().is_none());
    let mut b = bells.waiting('b', semaphore.acquire());
    // The permit left over goes to the newcomer when the one before it has gone.
    let permit = a.ready();
    assert_eq!(bells.rung(), ['b']);
    drop(b.ready());
    drop(permit);
    assert_eq!((semaphore.value(), semaphore.locked()), (2, false));
}

/// S-SEM-1: in order of arrival.
#[test]
fn waiters_are_served_in_order() {
    let (semaphore, bells) = (Semaphore::new(0), Bells::new());
    let mut hands: Vec<_> = (0..20).map(|i| bells.waiting(i, semaphore.acquire())).collect();
    semaphore.release();
    semaphore.release();
    assert_eq!(bells.rung(), [0, 1]);
    hands[2].waits();
    let permits = (hands[1].ready(), hands[0].ready());
    drop(permits.1);
    assert_eq!(bells.rung(), [2]);
    drop(permits.0);
    assert_eq!(bells.rung(), [3]);
}

/// S-SEM-2: a release reserves its permit for the head at once: `locked` stays true.
#[test]
fn a_released_permit_belongs_to_the_head() {
    let (semaphore, bells) = (Semaphore::new(1), Bells::new());
    let permit = now(semaphore.acquire());
    let mut a = bells.waiting('a', semaphore.acquire());
    drop(permit);
    assert_eq!((semaphore.value(), semaphore.locked()), (0, true));
    assert!(semaphore.try_acquire().is_none());
    drop(a.ready());
    assert_eq!((semaphore.value(), semaphore.locked()), (1, false));
}

/// S-SEM-3: a cancelled waiter with a reserved permit gives it to the next.
#[test]
fn a_reserved_permit_is_handed_on() {
    let (semaphore, bells) = (Semaphore::new(0), Bells::new());
    let a = bells.waiting('a', semaphore.acquire());
    let b = bells.waiting('b', semaphore.acquire());
    let mut c = bells.waiting('c', semaphore.acquire());
    drop(b);
    assert_eq!(bells.rung(), []);
    semaphore.release();
    assert_eq!(bells.rung(), ['a']);
    drop(a);
    assert_eq!(bells.rung(), ['c']);
    c.ready().forget();
    assert_eq!((semaphore.value(), semaphore.locked()), (0, true));
}

/// S-SEM-3: the last in line gives it back to the semaphore.
#[test]
fn a_reserved_permit_that_nobody_wants_is_free_again() {
    let (semaphore, bells) = (Semaphore::new(0), Bells::new());
    let a = bells.waiting('a', semaphore.acquire());
    semaphore.release();
    drop(a);
    assert_eq!((semaphore.value(), semaphore.locked()), (1, false));
}

/// Many permits at once reach many waiters, when the one that kept them in line goes.
#[test]
fn what_was_held_up_by_one_goes_to_all() {
    let (semaphore, bells) = (Semaphore::new(0), Bells::new());
    let a = bells.waiting(99, semaphore.acquire());
    for _ in 0..41 {
        semaphore.release();
    }
    let hands: Vec<_> = (0..50).map(|i| bells.waiting(i, semaphore.acquire())).collect();
    assert_eq!(bells.rung(), [99]);
    drop(a);
    assert!(bells.rung().into_iter().eq(0..41));
    drop(hands);
    assert_eq!((semaphore.value(), semaphore.locked()), (41, false));
}

/// S-SEM-4: a plain semaphore may come to more than it began with.
#[test]
fn a_plain_semaphore_may_be_released_at_will() {
    let semaphore = Semaphore::new(0);
    semaphore.release();
    semaphore.release();
    assert_eq!(semaphore.value(), 2);
}

/// S-SEM-4: a bounded one may not.
#[test]
fn a_bounded_semaphore_keeps_its_bound() {
    let semaphore = BoundedSemaphore::new(1);
    let error = semaphore.release().unwrap_err();
    assert!(error.to_string().contains("too often"), "{error}");
    now(semaphore.acquire()).forget();
    assert_eq!(semaphore.release(), Ok(()));
    // A permit whose release was taken away from it does not exceed the bound either.
    let permit = now(semaphore.acquire());
    semaphore.release().unwrap();
    drop(permit);
    assert_eq!(semaphore.value(), 1);
}

#[test]
fn an_owned_permit_keeps_the_semaphore_alive() {
    let bells = Bells::new();
    let semaphore = Pointer::new(BoundedSemaphore::new(1));
    let permit = now(semaphore.acquire_owned());
    assert!(semaphore.try_acquire_owned().is_none());
    let mut a = bells.waiting('a', semaphore.acquire_owned());
    drop(semaphore);
    drop(permit);
    assert_eq!(bells.rung(), ['a']);
    let text = format!("{:?}", a.ready());
    assert_eq!(text, "Permit(Some(BoundedSemaphore { value: 0, waiting: 0, .. }))");
}

#[test]
fn a_forgotten_owned_permit_does_not_leak_its_semaphore() {
    let semaphore = Pointer::new(Semaphore::new(1));
    semaphore.try_acquire_owned().unwrap().forget();
    assert_eq!(Pointer::strong_count(&semaphore), 1);
    assert_eq!(semaphore.value(), 0);
}

#[test]
fn debug_tells_value_and_line() {
    let (semaphore, bells) = (Semaphore::new(0), Bells::new());
    let a = bells.waiting('a', semaphore.acquire());
    assert_eq!(format!("{semaphore:?}"), "Semaphore { value: 0, waiting: 1, .. }");
    assert_eq!(
        format!("{:?}", semaphore.acquire()),
        "SemaphoreAcquire { semaphore: Semaphore { value: 0, waiting: 1, .. } }"
    );
    drop(a);
}
