//! Variables: what they read, and how a `set` is taken back.

use std::sync::Arc;

use tulipa_context::{Context, ContextVar, copy_context};

#[test]
fn it_reads_what_was_set_else_its_default_else_nothing() {
    static BARE: ContextVar<u32> = ContextVar::new("bare");
    static WITH: ContextVar<u32> = ContextVar::with_default("with", 1);
    Context::new().run(|| {
        assert_eq!((BARE.get(), WITH.get()), (None, Some(1)));
        BARE.set(2);
        WITH.set(3);
        assert_eq!((BARE.get(), WITH.get()), (Some(2), Some(3)));
    });
    assert_eq!((BARE.get(), WITH.get()), (None, Some(1)));
}

#[test]
fn a_token_takes_its_own_set_back_and_tells_what_was() {
    static VAR: ContextVar<u32> = ContextVar::with_default("var", 0);
    Context::new().run(|| {
        let first = VAR.set(1);
        let second = VAR.set(2);
        assert_eq!((first.old_value(), second.old_value()), (None, Some(&1)));
        VAR.reset(second).unwrap();
        assert_eq!(VAR.get(), Some(1));
        let third = VAR.set(3);
        // Out of turn: it is what it was before that set.
        VAR.reset(first).unwrap();
        assert_eq!(VAR.get(), Some(0));
        VAR.reset(third).unwrap();
        assert_eq!(VAR.get(), Some(1));
    });
}

#[test]
fn a_dropped_token_leaves_the_value() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    Context::new().run(|| {
        drop(VAR.set(1));
        assert_eq!(VAR.get(), Some(1));
    });
}

#[test]
fn a_token_of_another_variable_or_context_comes_back() {
    static ONE: ContextVar<u32> = ContextVar::new("one");
    static TWO: ContextVar<u32> = ContextVar::new("two");
    let context = Context::new();
    context.run(|| {
        let error = TWO.reset(ONE.set(1)).unwrap_err();
        assert!(error.to_string().contains("another context variable"), "{error:?}");
        let error = copy_context().run(|| ONE.reset(error.token)).unwrap_err();
        assert!(error.to_string().contains("another context:"), "{error:?}");
        ONE.reset(error.token).unwrap();
    });
    assert!(context.is_empty());
}

#[test]
fn two_variables_of_one_name_are_two() {
    let (one, two) = (ContextVar::new("name"), ContextVar::new("name"));
    Context::new().run(|| {
        one.set(1);
        assert_eq!((one.get(), two.get()), (Some(1), None));
        two.set(2);
        assert_eq!((one.get(), two.get()), (Some(1), Some(2)));
    });
    assert_eq!((one.name(), format!("{one:?}").as_str()), ("name", "<ContextVar name='name'>"));
}

#[test]
fn values_are_dropped_when_nobody_can_read_them_any_more() {
    static VAR: ContextVar<Arc<()>> = ContextVar::new("var");
    let value = Arc::new(());
    let context = Context::new();
    context.run(|| {
        let token = VAR.set(value.clone());
        assert_eq!(Arc::strong_count(&value), 2);
        let copy = copy_context();
        VAR.reset(token).unwrap();
        assert_eq!(Arc::strong_count(&value), 2, "the copy has it");
        drop(copy);
        assert_eq!(Arc::strong_count(&value), 1);
        VAR.set(value.clone());
    });
    drop(context);
    assert_eq!(Arc::strong_count(&value), 1);
}

#[test]
fn a_destructor_may_use_variables() {
    static COUNT: ContextVar<u32> = ContextVar::with_default("count", 0);
    static GUARD: ContextVar<Arc<Count>> = ContextVar::new("guard");
    struct Count;
    impl Drop for Count {
        fn drop(&mut self) {
            COUNT.set(COUNT.get().unwrap() + 1);
        }
    }
    Context::new().run(|| {
        drop(GUARD.set(Arc::new(Count)));
        GUARD.with(|guard| assert!(guard.is_some()));
        drop(GUARD.set(Arc::new(Count)));
        assert_eq!(COUNT.get(), Some(1));
    });
}

#[test]
fn looking_may_set_the_very_variable() {
    static VAR: ContextVar<String> = ContextVar::new("var");
    Context::new().run(|| {
        VAR.set("old".into());
        VAR.with(|old| {
            VAR.set("new".into());
            assert_eq!(old.unwrap(), "old");
        });
        assert_eq!(VAR.get().unwrap(), "new");
    });
}
