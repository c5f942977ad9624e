//! Panics wherever they can happen, the handler that is told, and the words of errors.

use std::error::Error;
use std::panic::panic_any;
use std::sync::Arc;
use std::task::{Wake, Waker};
use std::time::Duration;

use tulipa_loop::{LoopClosed, RunError};
use tulipa_rt::ExceptionContext;
use tulipa_task::create_task_on;
use tulipa_test::CountingWaker;

use crate::support::{
    Log, Pair, PanicsOnDrop, new_loop, on_both_backends, panic_of, reports, turn, turn_until,
};

/// The one report there is.
#[track_caller]
fn only(reports: &Log<ExceptionContext>) -> ExceptionContext {
    let reports = reports.take();
    assert_eq!(reports.len(), 1, "{reports:?}");
    reports.into_iter().next().unwrap()
}

/// S-LOOP-9
#[test]
fn a_panic_in_a_callback_goes_to_the_handler_and_later_callbacks_run() {
    on_both_backends(|event_loop| {
        let (log, reports) = (Log::new(), reports(event_loop));
        let line = line!() + 1;
        event_loop.call_soon(|| panic!("out of {}", "range"));
        event_loop.call_soon(log.writes("later"));
        turn(event_loop);
        assert_eq!(log.take(), ["later"]);
        let report = only(&reports);
        assert_eq!(report.message(), "Exception in callback");
        assert_eq!(report.exception_text(), Some("out of range"));
        let place = report.location().expect("where it was scheduled");
        assert_eq!((place.file(), place.line()), (file!(), line));
    });
}

#[test]
fn panics_in_timers_and_in_callbacks_of_threads_are_reported_with_their_place() {
    let event_loop = new_loop();
    let reports = reports(&event_loop);
    event_loop.call_at(event_loop.time(), || panic!("in a timer"));
    event_loop.handle().call_soon_threadsafe(|| panic!("from a thread")).unwrap();
    event_loop.runtime().call_soon(Box::new(|| panic!("of the seam")));
    turn_until(&event_loop, || reports.len() == 3);
    let mut texts = Vec::new();
    for report in reports.take() {
        let place = report.location().is_some_and(|place| place.file() == file!());
        texts.push((report.exception_text().unwrap().to_owned(), place));
    }
    texts.sort();
    let expected = [("from a thread", true), ("in a timer", true), ("of the seam", false)];
    assert_eq!(texts, expected.map(|(text, place)| (text.to_owned(), place)));
}

#[test]
fn a_panic_in_a_task_is_the_tasks_result_and_touches_nobody_else() {
    let event_loop = new_loop();
    let (log, reports) = (Log::new(), reports(&event_loop));
    let panics = create_task_on(&event_loop.runtime(), async { panic!("in a task") });
    event_loop.call_soon(log.writes("later"));
    turn(&event_loop);
    assert_eq!(log.take(), ["later"]);
    let _: &() = panics.result().unwrap_or(&());
    assert_eq!(reports.len(), 0, "somebody has looked at it");
    create_task_on(&event_loop.runtime(), async { panic!("in another") }).detach();
    turn(&event_loop);
    assert_eq!(only(&reports).message(), "Task exception was never retrieved");
}

#[test]
fn a_panic_in_a_destructor_is_reported() {
    let event_loop = new_loop();
    let reports = reports(&event_loop);
    create_task_on(&event_loop.runtime(), async {
        let _held = PanicsOnDrop;
    })
    .detach();
    create_task_on(&event_loop.runtime(), async { PanicsOnDrop }).detach();
    let held = PanicsOnDrop;
    event_loop.call_soon(move || drop(held));
    event_loop.call_soon(|| {});
    assert_eq!(turn(&event_loop), 4);
    for report in reports.take() {
        assert!(report.exception_text().unwrap().contains("in a destructor"), "{report}");
    }
}

struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        panic!("in a waker, as it should in this test");
    }
}

#[test]
fn a_panic_in_the_waker_of_a_timer_is_reported_and_the_other_timers_fire() {
    on_both_backends(|event_loop| {
        let (log, runtime, reports) = (Log::new(), event_loop.runtime(), reports(event_loop));
        let (counting, when) = (CountingWaker::new(), event_loop.time());
        runtime.wake_at(when, &Waker::from(Arc::new(Panics)));
        runtime.wake_at(when, counting.waker());
        event_loop.call_at(when, log.writes("callback"));
        turn(event_loop);
        assert_eq!((counting.wakes(), log.len()), (1, 1));
        assert_eq!(only(&reports).message(), "Exception in waker");
    });
}

#[test]
fn a_panic_in_the_waker_of_a_source_is_reported_and_the_other_sources_are_woken() {
    use tulipa_rt::Interest::Readable;
    on_both_backends(|event_loop| {
        let reports = reports(event_loop);
        let pairs = [(); 3].map(|()| Pair::new(event_loop));
        let counting = CountingWaker::new();
        let panics = Waker::from(Arc::new(Panics));
        for (pair, waker) in pairs.iter().zip([counting.waker(), &panics, counting.waker()]) {
            let cx = std::task::Context::from_waker(waker);
            while let std::task::Poll::Ready(ready) = pair.source.poll_ready(Readable, &cx) {
                pair.source.clear(Readable, ready.unwrap());
            }
        }
        for pair in &pairs {
            pair.send(b"spam");
        }
        turn_until(event_loop, || counting.wakes() == 2 && reports.len() == 1);
        assert_eq!(only(&reports).message(), "Exception in waker");
    });
}

/// S-ERR-1: the default handler prints both, to standard error.
#[test]
fn a_handler_that_panics_does_not_end_the_loop() {
    let event_loop = new_loop();
    let log = Log::new();
    let calls = log.clone();
    event_loop.set_exception_handler(move |context| {
        calls.add(context.message().to_owned());
        panic!("in the handler");
    });
    event_loop.call_soon(|| panic!("in a callback"));
    event_loop.call_soon(log.writes("later".to_owned()));
    turn(&event_loop);
    assert_eq!(log.take(), ["Exception in callback", "later"], "and it is not told of itself");
}

#[test]
fn a_handler_may_replace_itself_schedule_and_report() {
    let event_loop = new_loop();
    let log = Log::new();
    let (inner, again) = (log.clone(), event_loop.clone());
    event_loop.set_exception_handler(move |context| {
        inner.add(context.message().to_owned());
        again.call_soon(inner.writes("scheduled".to_owned()));
        let second = inner.clone();
        again.set_exception_handler(move |context| second.add(format!("second: {context}")));
        again.call_exception_handler(&ExceptionContext::new("reported by the first"));
    });
    event_loop.call_exception_handler(&ExceptionContext::new("to the first"));
    turn(&event_loop);
    assert_eq!(log.take(), ["to the first", "second: reported by the first", "scheduled"]);
    event_loop.reset_exception_handler();
    event_loop.call_exception_handler(&ExceptionContext::new("printed"));
    assert_eq!(log.len(), 0);
}

#[test]
fn a_payload_that_is_no_text_is_said_to_be_none() {
    let event_loop = new_loop();
    let reports = reports(&event_loop);
    event_loop.call_soon(|| panic_any(42));
    turn(&event_loop);
    assert_eq!(only(&reports).exception_text(), Some("a panic whose payload is no text"));
}

#[test]
fn a_payload_that_panics_as_it_drops_does_not_end_the_loop() {
    let event_loop = new_loop();
    let (log, reports) = (Log::new(), reports(&event_loop));
    event_loop.call_soon(|| panic_any(PanicsOnDrop));
    event_loop.call_soon(log.writes("later"));
    turn(&event_loop);
    assert_eq!(log.take(), ["later"]);
    assert!(reports.len() > 0);
}

/// S-LOOP-12, and what to do instead.
#[test]
fn errors_say_what_to_do() {
    let running = RunError::AlreadyRunning;
    assert_eq!(
        running.to_string(),
        "an event loop is already running on this thread: inside it, `.await` the future or give \
         it to `create_task`; to run another loop, use another thread"
    );
    assert!(running.source().is_none());
    assert_eq!(RunError::Closed.to_string(), "the event loop has been closed: make a new one");
    let io = RunError::from(std::io::Error::other("out of descriptors"));
    assert_eq!(io.to_string(), "the poller failed: out of descriptors");
    assert_eq!(io.source().unwrap().to_string(), "out of descriptors");
    let closed = LoopClosed(());
    assert_eq!(closed.to_string(), "the event loop has closed: nothing can be sent to it any more");
    assert_eq!(format!("{closed:?}"), "LoopClosed(..)");
}

/// S-LOOP-15: scheduling on a closed loop is an error that names the caller.
#[test]
fn scheduling_on_a_closed_loop_panics_at_the_callers_line() {
    let event_loop = new_loop();
    event_loop.close();
    assert!(matches!(event_loop.run_forever(), Err(RunError::Closed)));
    assert!(matches!(event_loop.turn(None), Err(RunError::Closed)));
    let line = line!();
    let calls: [&dyn Fn(); 3] = [
        &|| drop(event_loop.call_soon(|| {})),
        &|| drop(event_loop.call_later(Duration::ZERO, || {})),
        &|| drop(event_loop.call_at(event_loop.time(), || {})),
    ];
    for (call, line) in calls.into_iter().zip(line + 2..) {
        let (text, blamed) = panic_of(call);
        assert_eq!(text, "the event loop has been closed: make a new one");
        assert_eq!(blamed, line);
    }
}
