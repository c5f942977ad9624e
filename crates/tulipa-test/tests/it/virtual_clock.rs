//! The clock moves when the test says so, or when nothing else can happen.

use std::cell::RefCell;
use std::future::poll_fn;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

use tulipa_rt::Interest;
use tulipa_task::create_task;
use tulipa_test::TestLoop;
use tulipa_time::{sleep, yield_now};

const SECOND: Duration = Duration::from_secs(1);

/// What happened, and how many seconds after the start.
#[derive(Clone)]
struct Log {
    start: std::time::Instant,
    events: Rc<RefCell<Vec<(u64, &'static str)>>>,
}

impl Log {
    fn new(test_loop: &TestLoop) -> Self {
        Self { start: test_loop.now(), events: Rc::default() }
    }

    fn add(&self, event: &'static str) {
        let seconds = (tulipa_rt::current().now() - self.start).as_secs();
        self.events.borrow_mut().push((seconds, event));
    }

    fn take(&self) -> Vec<(u64, &'static str)> {
        self.events.take()
    }
}

fn sleeper(test_loop: &TestLoop, log: &Log, seconds: u32, event: &'static str) {
    let log = log.clone();
    let task = test_loop.create_task(async move {
        sleep(seconds * SECOND).await;
        log.add(event);
    });
    task.detach();
}

#[test]
fn the_clock_stands_still_while_anything_runs() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let end = test_loop.run_until_complete(async {
        for _ in 0..1000 {
            yield_now().await;
        }
        tulipa_rt::current().now()
    });
    assert_eq!(end, Ok(start));
}

#[test]
fn it_jumps_from_deadline_to_deadline() {
    let test_loop = TestLoop::new();
    let log = Log::new(&test_loop);
    sleeper(&test_loop, &log, 30, "c");
    sleeper(&test_loop, &log, 10, "a");
    sleeper(&test_loop, &log, 20, "b");
    test_loop.run_until_complete(sleep(25 * SECOND)).unwrap();
    assert_eq!(log.take(), [(10, "a"), (20, "b")]);
    assert_eq!(test_loop.now() - log.start, 25 * SECOND, "not further than it must");
    assert_eq!((test_loop.pending_tasks(), test_loop.armed_timers()), (1, 1), "one goes on");
    test_loop.run_until_complete(sleep(10 * SECOND)).unwrap();
    assert_eq!(log.take(), [(30, "c")], "in the next run");
}

#[test]
fn it_does_not_jump_past_what_is_ready() {
    let test_loop = TestLoop::new();
    let log = Log::new(&test_loop);
    let inner = log.clone();
    sleeper(&test_loop, &log, 1, "the deadline");
    let works = async move {
        for _ in 0..100 {
            yield_now().await;
        }
        inner.add("the work");
        sleep(2 * SECOND).await;
    };
    test_loop.run_until_complete(works).unwrap();
    assert_eq!(log.take(), [(0, "the work"), (1, "the deadline")]);
}

#[test]
fn advance_runs_everything_on_the_way_at_its_own_time() {
    let test_loop = TestLoop::new();
    let log = Log::new(&test_loop);
    let inner = log.clone();
    let ticks = async move {
        loop {
            sleep(3 * SECOND).await;
            inner.add("tick");
            let inner = inner.clone();
            create_task(async move {
                sleep(SECOND).await;
                inner.add("echo");
            })
            .detach();
        }
    };
    test_loop.create_task(ticks).detach();
    test_loop.advance(10 * SECOND);
    let expected = [(3, "tick"), (4, "echo"), (6, "tick"), (7, "echo"), (9, "tick"), (10, "echo")];
    assert_eq!(log.take(), expected, "also what only began on the way, and at the very end");
    assert_eq!(test_loop.now() - log.start, 10 * SECOND);
    test_loop.advance(Duration::from_nanos(1_999_999_999));
    assert_eq!(log.take(), [], "not a nanosecond early");
    test_loop.advance(Duration::from_nanos(1));
    assert_eq!(log.take(), [(12, "tick")]);
}

#[test]
fn advance_by_nothing_runs_what_is_ready() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        for _ in 0..3 {
            yield_now().await;
        }
    });
    test_loop.advance(Duration::ZERO);
    assert!(task.done());
}

#[test]
fn advance_beyond_the_end_of_time_runs_all_timers() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let task = test_loop.create_task(sleep(1000 * SECOND));
    test_loop.advance(Duration::MAX);
    assert!(task.done());
    assert_eq!(test_loop.now() - start, 1000 * SECOND, "it stays at the last deadline");
}

#[test]
fn a_turn_is_one_iteration_and_does_not_move_the_clock() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let task = test_loop.create_task(async {
        yield_now().await;
        sleep(SECOND).await;
    });
    assert!(test_loop.turn(), "it starts");
    assert!(test_loop.turn(), "it goes on after the yield");
    assert!(!test_loop.turn(), "it sleeps: nothing runs");
    assert_eq!((test_loop.now(), test_loop.armed_timers()), (start, 1));
    assert_eq!(test_loop.next_deadline(), Some(start + SECOND));
    assert!(!task.done());
}

#[test]
fn readiness_comes_when_the_script_says() {
    let test_loop = TestLoop::new();
    let log = Log::new(&test_loop);
    let inner = log.clone();
    let (ours, _peer) = UnixStream::pair().unwrap();
    let source = test_loop.runtime().register(OwnedFd::from(ours)).unwrap();
    test_loop.report_after(5 * SECOND, &source, Interest::Readable);
    test_loop.report_after(3 * SECOND, &source, Interest::Writable);
    test_loop.report_after(Duration::MAX, &source, Interest::Writable);
    assert_eq!(test_loop.armed_timers(), 0, "a script is no timer of the program");
    let reads = async move {
        for (interest, event) in [(Interest::Readable, "read"), (Interest::Writable, "write")] {
            let ready = poll_fn(|cx| source.poll_ready(interest, cx)).await.unwrap();
            source.clear(interest, ready); // a new source is taken to be ready
            poll_fn(|cx| source.poll_ready(interest, cx)).await.unwrap();
            inner.add(event);
            sleep(Duration::ZERO).await;
        }
    };
    // It clears the first report to write together with the initial readiness, so none is left.
    let stalled = test_loop.run_until_complete(reads);
    assert_eq!(log.take(), [(5, "read")]);
    assert!(stalled.is_err());
}

#[test]
fn the_debug_form_names_the_tasks() {
    let test_loop = TestLoop::new();
    let _task = test_loop.create_task(std::future::pending::<()>()).with_name("idle");
    let debug = format!("{test_loop:?}");
    assert!(debug.contains("idle") && debug.contains("armed_timers: 0"), "{debug}");
}

#[test]
fn many_tasks_sleep_and_yield() {
    const TASKS: u32 = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
    let test_loop = TestLoop::new();
    let done = Rc::new(RefCell::new(0));
    for task in 0..TASKS {
        let done = done.clone();
        let nap = Duration::from_millis(u64::from(task % 1000));
        let task = test_loop.create_task(async move {
            sleep(nap).await;
            yield_now().await;
            *done.borrow_mut() += 1;
        });
        task.detach();
    }
    test_loop.advance(SECOND);
    assert_eq!((*done.borrow(), test_loop.pending_tasks()), (TASKS, 0));
}
