//! Which loop runs on this thread, and which task on that loop.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::thread;

use tulipa_rt::{
    Header, NoRunningLoop, TaskId, current, current_task, enter, enter_task, try_current,
};
use tulipa_test::TestLoop;

use crate::support::header;

fn current_id() -> Option<tulipa_rt::LoopId> {
    try_current().ok().map(|runtime| runtime.id())
}

fn task_id() -> Option<TaskId> {
    current_task(|task| task.map(Header::id))
}

#[test]
fn outside_a_loop_there_is_none() {
    assert_eq!(try_current().err(), Some(NoRunningLoop));
    let text = NoRunningLoop.to_string();
    assert!(text.contains("no event loop is running on this thread"), "{text}");
    assert!(text.contains("call this from inside `run(...)`"), "it says what to do: {text}");
}

#[test]
fn asking_for_it_panics_and_names_the_caller() {
    let line = line!() + 1;
    let payload = catch_unwind(|| drop(current())).unwrap_err();
    let text = payload.downcast_ref::<String>().expect("a text");
    assert!(text.contains(&format!("(asked at {}:{line}", file!())), "{text}");
    assert!(text.contains(&NoRunningLoop.to_string()), "{text}");
}

#[test]
fn inside_it_is_the_innermost() {
    let [outer, inner] = [TestLoop::new(), TestLoop::new()].map(|each| each.runtime());
    let (outer_id, inner_id) = (outer.id(), inner.id());
    let value = enter(outer, || {
        assert_eq!(current().id(), outer_id);
        enter(inner, || assert_eq!(current().id(), inner_id));
        assert_eq!(current().id(), outer_id);
        7
    });
    assert_eq!((value, current_id()), (7, None));
}

#[test]
fn unwinding_leaves_it_as_it_was() {
    let [outer, inner] = [TestLoop::new(), TestLoop::new()].map(|each| each.runtime());
    let id = outer.id();
    enter(outer, || {
        let unwinds = AssertUnwindSafe(|| enter(inner, || panic!("out of it")));
        catch_unwind(unwinds).unwrap_err();
        assert_eq!(current().id(), id);
    });
    assert_eq!(current_id(), None);
}

#[test]
fn it_is_a_matter_of_one_thread() {
    let runtime = TestLoop::new().runtime();
    enter(runtime, || {
        thread::scope(|scope| {
            scope.spawn(|| assert_eq!(try_current().err(), Some(NoRunningLoop)));
        });
    });
}

#[test]
fn a_loop_that_ends_with_its_entering_may_ask_for_the_current_one() {
    struct Asks(Rc<Cell<bool>>);
    impl Drop for Asks {
        fn drop(&mut self) {
            self.0.set(try_current().is_err());
        }
    }
    let asked = Rc::new(Cell::new(false));
    let runtime = TestLoop::new().runtime();
    let held = Asks(asked.clone());
    runtime.call_soon(Box::new(move || drop(held)));
    enter(runtime, || ()); // the last reference
    assert!(asked.get(), "its destructors run after it has been left");
}

#[test]
fn a_thread_that_ends_has_no_loop() {
    struct Asks;
    impl Drop for Asks {
        fn drop(&mut self) {
            assert!(try_current().is_err());
        }
    }
    thread_local! {
        static AT_THE_END: Asks = const { Asks };
    }
    let asks = || {
        // Whichever of the two thread-locals is dropped first, asking is answered.
        AT_THE_END.with(|_| ());
        assert!(try_current().is_err());
    };
    thread::spawn(asks).join().unwrap();
}

#[test]
fn the_task_is_the_innermost_too() {
    let [outer, inner] = [header(), header()];
    assert_eq!(task_id(), None);
    enter_task(&outer, || {
        assert_eq!(task_id(), Some(outer.id()));
        enter_task(&inner, || assert_eq!(task_id(), Some(inner.id())));
        assert_eq!(task_id(), Some(outer.id()));
        let unwinds = AssertUnwindSafe(|| enter_task(&inner, || panic!("out of it")));
        catch_unwind(unwinds).unwrap_err();
        assert_eq!(task_id(), Some(outer.id()), "unwinding leaves it as it was");
    });
    assert_eq!(task_id(), None);
}

#[test]
fn a_wake_up_under_another_loop_reaches_the_tasks_own() {
    let [own, other] = [TestLoop::new(), TestLoop::new()];
    let runs = Rc::new(Cell::new(0));
    let count = runs.clone();
    let waker = Rc::new(Cell::new(None));
    let keep = waker.clone();
    let task = std::future::poll_fn(move |cx| {
        count.set(count.get() + 1);
        keep.set(Some(cx.waker().clone()));
        std::task::Poll::<()>::Pending
    });
    own.create_task(task).detach();
    own.turn();
    enter(other.runtime(), || waker.take().expect("it ran").wake());
    assert!(!other.turn(), "not here");
    assert!(own.turn(), "but there");
    assert_eq!(runs.get(), 2);
}
