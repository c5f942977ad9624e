//! `shield`, from `test_tasks`.

use std::cell::Cell;
use std::rc::Rc;

use tulipa_combine::{gather, shield};
use tulipa_task::{Promise, create_task};
use tulipa_time::{sleep, yield_now};

use crate::support::{run, seconds};

/// `test_tasks.BaseTaskTests.test_shield_result`, `test_shield_shortcut`
#[test]
fn result() {
    run(async {
        for before in [false, true] {
            let inner = Promise::new();
            if before {
                inner.set_result(42).unwrap();
            }
            let outer = shield(inner.clone());
            if !before {
                inner.set_result(42).unwrap();
            }
            assert_eq!(outer.await.unwrap(), 42);
        }
    });
}

/// `test_tasks.BaseTaskTests.test_shield_exception`
#[test]
fn exception() {
    run(async {
        let inner = Promise::<()>::new();
        let outer = create_task(shield(inner.clone()));
        yield_now().await;
        inner.set_exception("expected").unwrap();
        let error = outer.await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "expected");
    });
}

/// `test_tasks.BaseTaskTests.test_shield_cancel_inner`
#[test]
fn cancel_inner() {
    run(async {
        let inner = shield(std::future::pending::<()>());
        let work = inner.task_ref();
        let outer = create_task(inner);
        yield_now().await;
        work.cancel();
        assert!(outer.await.unwrap_err().is_cancelled());

        let inner = Promise::<()>::new();
        let outer = create_task(shield(inner.clone()));
        yield_now().await;
        inner.cancel();
        assert!(outer.await.unwrap().unwrap_err().is_cancelled(), "a promise tells it as a value");
    });
}

/// `test_tasks.BaseTaskTests.test_shield_cancel_outer`
#[test]
fn cancel_outer() {
    run(async {
        let inner = Promise::<()>::new();
        let outer = create_task(shield(inner.clone()));
        yield_now().await;
        outer.cancel();
        assert!(outer.await.unwrap_err().is_cancelled());
        assert!(!inner.done());
        inner.set_result(()).unwrap();
    });
}

/// `test_tasks.BaseTaskTests.test_shield_effect`
#[test]
fn effect() {
    run(async {
        let proof = Rc::new(Cell::new(0));
        let waiter = Promise::new();
        let (in_inner, promise) = (proof.clone(), waiter.clone());
        let inner = async move {
            promise.await.unwrap();
            in_inner.set(in_inner.get() + 1);
        };
        let in_outer = proof.clone();
        let outer = create_task(async move {
            shield(inner).await;
            in_outer.set(in_outer.get() + 100);
        });
        sleep(seconds(1)).await;
        outer.cancel();
        assert!(outer.await.unwrap_err().is_cancelled());
        waiter.set_result(()).unwrap();
        sleep(seconds(1)).await;
        assert_eq!(proof.get(), 1);
    });
}

/// `test_tasks.BaseTaskTests.test_shield_gather`
#[test]
fn shield_of_gather() {
    run(async {
        let [one, two] = [(); 2].map(|()| Promise::new());
        let values = Rc::new(Cell::new(0));
        let (seen, children) = (values.clone(), [one.clone(), two.clone()]);
        let parent = async move {
            let all = gather(children).await;
            seen.set(all.into_iter().map(Result::unwrap).sum());
        };
        let outer = create_task(shield(parent));
        sleep(seconds(1)).await;
        outer.cancel();
        assert!(outer.await.unwrap_err().is_cancelled());
        one.set_result(1).unwrap();
        two.set_result(2).unwrap();
        sleep(seconds(1)).await;
        assert_eq!(values.get(), 3);
    });
}

/// `test_tasks.BaseTaskTests.test_gather_shield`
#[test]
fn gather_of_shields() {
    run(async {
        let children = [(); 2].map(|()| Promise::<u32>::new());
        let inner = children.clone().map(shield);
        let parent = create_task(gather(inner));
        sleep(seconds(1)).await;
        parent.cancel();
        assert!(parent.await.unwrap_err().is_cancelled());
        for child in children {
            assert!(!child.done());
            child.set_result(1).unwrap();
        }
    });
}

/// `test_tasks.BaseTaskTests.test_shield_coroutine_without_loop`
#[test]
fn without_loop() {
    let call = || drop(shield(async { 42 }));
    assert!(std::panic::catch_unwind(call).is_err());
}

/// `test_tasks.BaseTaskTests.test_shield_coroutine_use_running_loop`
#[test]
fn use_running_loop() {
    run(async { assert_eq!(shield(async { 42 }).await, 42) });
}
