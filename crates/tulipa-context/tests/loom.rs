//! Every interleaving of threads that run in one context.
//!
//! Run with `RUSTFLAGS="--cfg loom" cargo test -p tulipa-context --test loom --release`.

#![cfg(loom)]

use loom::thread;
use tulipa_context::{Context, ContextVar};

#[test]
fn a_copy_has_all_of_what_was_set_before_and_nothing_of_what_is_set_later() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    loom::model(|| {
        let context = Context::new();
        drop(context.run(|| VAR.set(1)));
        let setter = {
            let context = context.clone();
            thread::spawn(move || drop(context.run(|| VAR.set(2))))
        };
        let copy = context.copy();
        let first = copy.get(&VAR);
        setter.join().unwrap();
        assert!(matches!(first, Some(1 | 2)));
        assert_eq!((copy.get(&VAR), context.get(&VAR)), (first, Some(2)));
    });
}

#[test]
fn of_two_that_set_one_variable_each_is_told_what_the_other_left() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    loom::model(|| {
        let context = Context::new();
        let other = context.clone();
        let there = thread::spawn(move || other.run(|| VAR.set(1)).old_value().copied());
        let here = context.run(|| VAR.set(2)).old_value().copied();
        let there = there.join().unwrap();
        assert!(matches!((here, there), (None, Some(2)) | (Some(1), None)));
        assert_eq!(context.get(&VAR), if here.is_none() { Some(1) } else { Some(2) });
    });
}
