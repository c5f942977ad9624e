//! The capacity limiter: names, order, a total that moves, cancellation.

use super::kind::{CapacityLimiter, Pointer};
use crate::support::{Bells, now};
use tulipa_sync::{AlreadyBorrowedError, TryBorrowError};

#[test]
fn tokens_are_lent_by_name() {
    let limiter = CapacityLimiter::new(2);
    let a = now(limiter.acquire("a")).unwrap();
    let b = limiter.try_acquire("b").unwrap();
    assert_eq!(limiter.borrowers(), ["a", "b"]);
    assert_eq!((limiter.total_tokens(), limiter.borrowed_tokens()), (2, 2));
    assert_eq!(limiter.try_acquire("c").unwrap_err(), TryBorrowError::NoToken("c"));
    drop(a);
    assert_eq!(limiter.borrowers(), ["b"]);
    assert_eq!(limiter.available_tokens(), 1);
    drop(b);
    assert_eq!(limiter.available_tokens(), 2);
}

/// One each: also while the first acquire still waits.
#[test]
fn a_second_token_for_the_same_borrower_is_an_error() {
    let (limiter, bells) = (CapacityLimiter::new(1), Bells::new());
    let token = now(limiter.acquire("a")).unwrap();
    let error = now(limiter.acquire("a")).unwrap_err();
    assert_eq!(error, AlreadyBorrowedError("a"));
    assert!(error.to_string().contains(r#""a" has a token"#), "{error}");
    assert_eq!(limiter.try_acquire("a").unwrap_err(), TryBorrowError::AlreadyBorrowed("a"));
    let mut b = bells.waiting('b', limiter.acquire("b"));
    assert_eq!(now(limiter.acquire("b")).unwrap_err().into_inner(), "b");
    drop(token);
    drop(b.ready().unwrap());
    drop(now(limiter.acquire("b")).unwrap());
}

/// First come, first served; nobody barges in.
#[test]
fn waiters_are_served_in_order() {
    let (limiter, bells) = (CapacityLimiter::new(1), Bells::new());
    let token = now(limiter.acquire(0)).unwrap();
    let mut a = bells.waiting('a', limiter.acquire(1));
    let mut b = bells.waiting('b', limiter.acquire(2));
    drop(token);
    assert_eq!(bells.rung(), ['a']);
    assert_eq!(limiter.try_acquire(3).unwrap_err().into_inner(), 3);
    b.waits();
    drop(a.ready().unwrap());
    assert_eq!(bells.rung(), ['b']);
    drop(b.ready().unwrap());
}

/// Also not past one that has its token and did not run yet; what it held up goes on with it.
#[test]
fn a_newcomer_queues_behind_whoever_is_in_line() {
    let (limiter, bells) = (CapacityLimiter::new(0), Bells::new());
    let mut a = bells.waiting('a', limiter.acquire(1));
    limiter.set_total_tokens(2);
    assert_eq!(bells.rung(), ['a']);
    assert_eq!(limiter.available_tokens(), 1);
    assert_eq!(limiter.try_acquire(2).unwrap_err(), TryBorrowError::NoToken(2));
    let mut b = bells.waiting('b', limiter.acquire(3));
    let token = a.ready().unwrap();
    assert_eq!(bells.rung(), ['b']);
    drop((token, b.ready().unwrap()));
}

/// More tokens go to those in line; with fewer, those given back are kept.
#[test]
fn the_total_can_be_moved() {
    let (limiter, bells) = (CapacityLimiter::new(0), Bells::new());
    let mut hands: Vec<_> = (0..4).map(|i| bells.waiting(i, limiter.acquire(i))).collect();
    limiter.set_total_tokens(3);
    assert_eq!(bells.rung(), [0, 1, 2]);
    assert_eq!(limiter.borrowed_tokens(), 3);
    let mut tokens: Vec<_> = hands.iter_mut().take(3).map(|hand| hand.ready().unwrap()).collect();
    assert_eq!(limiter.borrowers(), [0, 1, 2]);
    limiter.set_total_tokens(1);
    assert_eq!((limiter.borrowed_tokens(), limiter.available_tokens()), (3, 0));
    tokens.pop();
    tokens.pop();
    assert_eq!(bells.rung(), []);
    tokens.pop();
    assert_eq!(bells.rung(), [3]);
    drop(hands[3].ready().unwrap());
}

/// A dropped acquire gives up its place, its name and its token.
#[test]
fn a_dropped_acquire_leaves_nothing_behind() {
    let (limiter, bells) = (CapacityLimiter::new(1), Bells::new());
    let token = now(limiter.acquire("a")).unwrap();
    let b = bells.waiting('b', limiter.acquire("b"));
    let c = bells.waiting('c', limiter.acquire("c"));
    let mut d = bells.waiting('d', limiter.acquire("d"));
    drop(c);
    drop(token);
    assert_eq!(bells.rung(), ['b']);
    drop(b);
    assert_eq!(bells.rung(), ['d']);
    let token = d.ready().unwrap();
    assert_eq!(limiter.borrowers(), ["d"]);
    assert!(matches!(limiter.try_acquire("b"), Err(TryBorrowError::NoToken("b"))));
    drop(token);
    drop(limiter.acquire("e")); // never polled: never entered
    assert_eq!(limiter.available_tokens(), 1);
}

#[test]
fn a_token_can_be_given_back_by_name() {
    let limiter = CapacityLimiter::new(1);
    let token = now(limiter.acquire("a")).unwrap();
    let error = limiter.release_on_behalf_of(&"b").unwrap_err();
    assert!(error.to_string().contains("has none"), "{error}");
    limiter.release_on_behalf_of(&"a").unwrap();
    assert_eq!(limiter.available_tokens(), 1);
    let again = now(limiter.acquire("a")).unwrap();
    drop(token); // stands for nothing any more
    assert_eq!(limiter.borrowers(), ["a"]);
    drop(again);
}

#[test]
fn an_owned_token_keeps_the_limiter_alive() {
    let bells = Bells::new();
    let limiter = Pointer::new(CapacityLimiter::new(1));
    let token = limiter.try_acquire_owned("a").unwrap();
    let mut b = bells.waiting('b', limiter.acquire_owned("b"));
    drop(limiter);
    drop(token);
    assert_eq!(bells.rung(), ['b']);
    let token = b.ready().unwrap();
    assert_eq!(
        format!("{token:?}"),
        "Token(CapacityLimiter { total_tokens: 1, borrowed_tokens: 1, waiting: 0, .. })"
    );
}

#[test]
#[should_panic(expected = "polled after it was ready")]
fn an_acquire_polled_after_it_was_ready_says_so() {
    let limiter = CapacityLimiter::new(2);
    let mut a = Bells::new().hold('a', limiter.acquire("a"));
    let _token = a.ready().unwrap();
    let _ = a.poll();
}

/// A name is dropped when no guard is held: it may use the limiter.
#[test]
fn a_name_may_use_its_limiter_while_it_is_dropped() {
    #[derive(Debug, PartialEq, Eq)]
    struct Name;
    thread_local! {
        static LIMITER: CapacityLimiter<Name> = const { CapacityLimiter::new(1) };
    }
    impl Drop for Name {
        fn drop(&mut self) {
            LIMITER.with(|limiter| assert_eq!(limiter.available_tokens(), 1));
        }
    }
    LIMITER.with(|limiter| {
        drop(now(limiter.acquire(Name)).unwrap());
        drop(limiter.acquire(Name));
    });
}
