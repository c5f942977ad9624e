//! Flags that a signal handler may set, here set by hand and by threads.

use std::cell::Cell;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use tulipa_context::ContextVar;
use tulipa_loop::{EventLoop, FlagHandle, POLLS_PER_LOOK};

use crate::support::{on_both_backends, turn};

/// A flag with its bell, and how often the loop was told.
struct Signal {
    flag: Arc<AtomicBool>,
    bell: UnixStream,
    told: Rc<Cell<usize>>,
}

impl Signal {
    fn new(event_loop: &EventLoop) -> (Self, FlagHandle) {
        let (wake, bell) = UnixStream::pair().unwrap();
        bell.set_nonblocking(true).unwrap();
        let (flag, told) = (Arc::<AtomicBool>::default(), Rc::<Cell<usize>>::default());
        let in_callback = told.clone();
        let tell = move || in_callback.set(in_callback.get() + 1);
        let handle = event_loop.add_flag(flag.clone(), wake, tell).unwrap();
        (Self { flag, bell, told }, handle)
    }

    /// As a signal handler does it.
    fn raise(&self) {
        self.flag.store(true, SeqCst);
        let _ = (&self.bell).write(b"!");
    }
}

#[test]
fn the_loop_calls_back_once_for_all_that_came_before_it_looked() {
    on_both_backends(|event_loop| {
        let (signal, _handle) = Signal::new(event_loop);
        turn(event_loop);
        assert_eq!(signal.told.get(), 0);
        for times in 1..4 {
            signal.raise();
            signal.raise();
            turn(event_loop);
            assert_eq!((signal.told.get(), signal.flag.load(SeqCst)), (times, false));
            turn(event_loop);
            assert_eq!(signal.told.get(), times);
        }
    });
}

#[test]
fn in_real_time_it_wakes_a_loop_that_sleeps_again_and_again() {
    on_both_backends(|event_loop| {
        let (signal, _handle) = Signal::new(event_loop);
        let (flag, mut bell) = (signal.flag.clone(), signal.bell.try_clone().unwrap());
        let setter = std::thread::spawn(move || {
            for _ in 0..200 {
                while flag.load(SeqCst) {
                    std::thread::yield_now();
                }
                flag.store(true, SeqCst);
                bell.write_all(b"!").unwrap();
            }
        });
        while signal.told.get() < 200 {
            event_loop.turn(None).unwrap();
        }
        setter.join().unwrap();
    });
}

/// A callback that queues itself again, until the loop is told or it takes too long.
fn work(event_loop: &EventLoop, told: Rc<Cell<usize>>, entries: Rc<Cell<usize>>) {
    if told.get() > 0 || entries.get() > 10 * POLLS_PER_LOOK {
        return event_loop.stop();
    }
    entries.set(entries.get() + 1);
    let next = event_loop.clone();
    event_loop.call_soon(move || work(&next, told, entries));
}

#[test]
fn a_busy_loop_sees_it_at_its_next_look() {
    on_both_backends(|event_loop| {
        let (signal, _handle) = Signal::new(event_loop);
        let entries = Rc::new(Cell::new(0));
        // Without the byte: a busy loop does not sleep.
        signal.flag.store(true, SeqCst);
        work(event_loop, signal.told.clone(), entries.clone());
        event_loop.run_forever().unwrap();
        assert!(entries.get() <= POLLS_PER_LOOK + 1, "{}", entries.get());
    });
}

#[test]
fn however_many_bytes_come_the_pipe_does_not_fill() {
    on_both_backends(|event_loop| {
        let (signal, _handle) = Signal::new(event_loop);
        for _ in 0..20 {
            while (&signal.bell).write(&[0; 4096]).is_ok() {}
            signal.flag.store(true, SeqCst);
            turn(event_loop);
            turn(event_loop);
        }
        assert_eq!(signal.told.get(), 20);
        assert!((&signal.bell).write(b"!").is_ok(), "it was read empty");
    });
}

#[test]
fn removed_or_dropped_it_is_not_looked_at_any_more() {
    on_both_backends(|event_loop| {
        let (one, two) = (Signal::new(event_loop), Signal::new(event_loop));
        assert_eq!(format!("{:?}", one.1), "FlagHandle { raised: false, .. }");
        one.1.remove();
        one.0.raise();
        two.0.raise();
        turn(event_loop);
        assert_eq!((one.0.told.get(), two.0.told.get()), (0, 1));
        drop(two.1);
        two.0.raise();
        turn(event_loop);
        assert_eq!(two.0.told.get(), 1);
    });
}

#[test]
fn a_handle_may_outlive_its_loop() {
    let event_loop = EventLoop::new().unwrap();
    let (signal, handle) = Signal::new(&event_loop);
    drop(event_loop);
    signal.raise();
    drop(handle);
    assert_eq!(Rc::strong_count(&signal.told), 1, "the callback has gone");
}

/// S-LOOP-17
#[test]
fn its_callback_runs_in_the_context_it_was_added_in() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    let event_loop = EventLoop::new().unwrap();
    let (wake, _bell) = UnixStream::pair().unwrap();
    let flag = Arc::new(AtomicBool::new(true));
    let seen = Rc::new(Cell::new(None));
    let in_callback = seen.clone();
    VAR.set(1);
    let handle = event_loop.add_flag(flag, wake, move || in_callback.set(VAR.get())).unwrap();
    VAR.set(2);
    turn(&event_loop);
    assert_eq!(seen.get(), Some(1));
    handle.remove();
}
