//! Contexts: copies, handles, nesting, and the way back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tulipa_context::{Context, ContextVar, Saved, copy_context};

#[test]
fn a_copy_and_its_original_do_not_see_each_others_changes() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    let context = Context::new();
    context.run(|| VAR.set(1));
    let copy = context.copy();
    assert!(!copy.is_same(&context) && copy.clone().is_same(&copy));
    context.run(|| VAR.set(2));
    copy.run(|| VAR.set(3));
    assert_eq!((context.get(&VAR), copy.get(&VAR)), (Some(2), Some(3)));
}

#[test]
fn what_code_sets_in_a_context_stays_in_it() {
    static VAR: ContextVar<u32> = ContextVar::with_default("var", 0);
    let context = Context::default();
    for n in 0..3 {
        assert_eq!(context.run(|| VAR.set(VAR.get().unwrap() + 1)).old_value().is_some(), n > 0);
    }
    assert_eq!((context.get(&VAR), VAR.get(), context.len()), (Some(3), Some(0), 1));
    assert!(context.contains(&VAR) && !Context::new().contains(&VAR));
}

#[test]
fn contexts_nest_also_in_themselves() {
    static VAR: ContextVar<&str> = ContextVar::new("var");
    let (outer, inner) = (Context::new(), Context::new());
    outer.run(|| {
        VAR.set("outer");
        inner.run(|| {
            assert_eq!(VAR.get(), None);
            VAR.set("inner");
            outer.run(|| {
                assert_eq!(VAR.get(), Some("outer"));
                VAR.set("outer again");
            });
            assert_eq!(VAR.get(), Some("inner"));
        });
        assert_eq!(VAR.get(), Some("outer again"));
    });
}

#[test]
fn a_panic_leaves_the_context_too() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    let context = Context::new();
    let panics = || {
        VAR.set(1);
        panic!("on purpose");
    };
    assert!(catch_unwind(AssertUnwindSafe(|| context.run(panics))).is_err());
    assert_eq!((VAR.get(), context.get(&VAR)), (None, Some(1)));
    let saved = Saved::copy_current();
    assert!(catch_unwind(AssertUnwindSafe(|| saved.enter(panics))).is_err());
    assert_eq!((VAR.get(), saved.context().get(&VAR)), (None, Some(1)));
}

#[test]
fn each_thread_begins_with_a_context_of_its_own() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    VAR.set(1);
    let context = copy_context();
    let there = std::thread::spawn(move || (VAR.get(), context.run(|| VAR.get()), VAR.get()));
    assert_eq!(there.join().unwrap(), (None, Some(1), None));
}

#[test]
fn threads_may_run_in_one_context_at_once() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    let context = Context::new();
    std::thread::scope(|scope| {
        for n in 0..4 {
            let context = &context;
            scope.spawn(move || context.run(|| (0..100).for_each(|_| drop(VAR.set(n)))));
        }
    });
    assert!(context.get(&VAR).is_some_and(|n| n < 4));
}

#[test]
fn what_is_saved_is_kept_from_one_entry_to_the_next() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    let (first, second) = (Saved::copy_current(), Saved::copy_current());
    first.enter(|| {
        VAR.set(1);
        let child = Saved::copy_current();
        second.enter(|| assert_eq!(VAR.get(), None));
        child.enter(|| assert_eq!(VAR.set(2).old_value(), Some(&1)));
        assert_eq!(VAR.get(), Some(1));
    });
    assert_eq!(first.enter(|| VAR.get()), Some(1));
    assert_eq!(VAR.get(), None);
    let context = second.context();
    context.run(|| VAR.set(7));
    assert_eq!(second.enter(|| VAR.get()), Some(7));
    assert_eq!(format!("{second:?}"), "Saved(Some(Context { variables: 1 }))");
}
