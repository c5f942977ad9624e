//! `test_events.EventLoopTestsMixin`: callbacks of every kind, descriptors, the end.

use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use tulipa_loop::EventLoop;
use tulipa_rt::Interest::Readable;
use tulipa_task::create_task_on;
use tulipa_test::CountingWaker;

use crate::support::{
    Log, Pair, new_loop, on_both_backends, panic_of, read, run_until, turn, turn_until, write,
};

/// `test_events.EventLoopTestsMixin.test_call_later`
#[test]
fn call_later_real_time() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        event_loop.call_later(Duration::from_millis(2), log.writes("hello world"));
        run_until(event_loop, &log, 1);
        assert_eq!(log.take(), ["hello world"]);
    });
}

/// `test_events.EventLoopTestsMixin.test_call_soon`
#[test]
fn call_soon() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        event_loop.call_soon(log.writes(("hello", "world")));
        run_until(event_loop, &log, 1);
        assert_eq!(log.take(), [("hello", "world")]);
    });
}

/// Runs until there are two results; a callback sent by `send` writes the first.
#[track_caller]
fn hello_world(event_loop: &EventLoop, send: impl Fn(Box<dyn FnOnce() + Send>)) {
    let results = Arc::new(Mutex::new(Vec::new()));
    let handle = event_loop.handle();
    let writes = |word| {
        let (results, handle) = (results.clone(), handle.clone());
        move || {
            let mut results = results.lock().unwrap();
            results.push(word);
            if results.len() >= 2 {
                handle.stop().unwrap();
            }
        }
    };
    send(Box::new(writes("hello")));
    event_loop.call_soon(writes("world"));
    event_loop.run_forever().unwrap();
    assert_eq!(*results.lock().unwrap(), ["hello", "world"]);
}

/// `test_events.EventLoopTestsMixin.test_call_soon_threadsafe`
#[test]
fn call_soon_threadsafe_real_threads() {
    on_both_backends(|event_loop| {
        hello_world(event_loop, |callback| {
            let handle = event_loop.handle();
            let sends = thread::spawn(move || drop(handle.call_soon_threadsafe(callback).unwrap()));
            sends.join().unwrap();
        });
    });
}

/// `test_events.EventLoopTestsMixin.test_call_soon_threadsafe_same_thread`
#[test]
fn call_soon_threadsafe_same_thread() {
    on_both_backends(|event_loop| {
        hello_world(event_loop, |callback| {
            event_loop.handle().call_soon_threadsafe(callback).unwrap();
        });
    });
}

/// `test_events.EventLoopTestsMixin.test_reader_callback`: the callback is a task that reads.
#[test]
fn reader() {
    on_both_backends(|event_loop| {
        let (pair, log) = (Pair::new(event_loop), Log::new());
        let (source, reads) = (pair.source.clone(), log.clone());
        let reader = create_task_on(&event_loop.runtime(), async move {
            loop {
                let bytes = read(&source).await;
                if bytes.is_empty() {
                    return "end";
                }
                reads.add(bytes);
            }
        });
        for bytes in [b"abc", b"def"] {
            pair.send(bytes);
            turn_until(event_loop, || log.len() == 1);
            assert_eq!(log.take(), [bytes]);
        }
        drop(pair.peer);
        turn_until(event_loop, || reader.done());
        assert_eq!((reader.result().unwrap(), log.len()), (&"end", 0));
    });
}

/// `test_events.EventLoopTestsMixin.test_writer_callback`
#[test]
fn writer() {
    on_both_backends(|event_loop| {
        let pair = Pair::new(event_loop);
        let source = pair.source.clone();
        let writer = create_task_on(&event_loop.runtime(), async move {
            for _ in 0..100 {
                write(&source).await;
            }
        });
        turn_until(event_loop, || writer.done());
        let Pair { source, mut peer } = pair;
        drop(source);
        let mut bytes = Vec::new();
        drop(writer); // it held the last `Source`
        peer.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, [0; 100]);
    });
}

/// `test_events.EventLoopTestsMixin.test_timeout_rounding`: each sleep, however short, costs few
/// iterations.
#[test]
fn short_sleeps_cost_few_iterations_real_time() {
    on_both_backends(|event_loop| {
        let task = create_task_on(&event_loop.runtime(), async {
            for nanos in [10_000_000, 100_000, 1_000, 10, 0] {
                tulipa_time::sleep(Duration::from_nanos(nanos)).await;
            }
        });
        let mut iterations = 0;
        while !task.done() {
            event_loop.turn(None).unwrap();
            iterations += 1;
        }
        assert!(iterations <= 20, "{iterations} iterations");
    });
}

/// `test_events.EventLoopTestsMixin.test_remove_fds_after_closing`: a source that outlives its loop
/// is dropped without noise.
#[test]
fn sources_dropped_after_closing() {
    on_both_backends(|event_loop| {
        let pairs = [(); 2].map(|()| Pair::new(event_loop));
        let waker = CountingWaker::new();
        for pair in &pairs {
            let cx = Context::from_waker(waker.waker());
            while let Poll::Ready(ready) = pair.source.poll_ready(Readable, &cx) {
                pair.source.clear(Readable, ready.unwrap());
            }
        }
        event_loop.close();
        assert_eq!(waker.clones(), 2);
        drop(pairs);
        assert_eq!((waker.clones(), waker.wakes()), (0, 0));
    });
}

/// `test_events.EventLoopTestsMixin.test_add_fds_after_closing`
#[test]
fn sources_registered_after_closing() {
    on_both_backends(|event_loop| {
        event_loop.close();
        let (ours, _peer) = UnixStream::pair().unwrap();
        let refused = event_loop.runtime().register(OwnedFd::from(ours)).unwrap_err();
        assert_eq!(refused.to_string(), "the event loop has been closed: make a new one");
    });
}

/// `test_events.EventLoopTestsMixin.test_close_running_event_loop`
#[test]
fn close_running_event_loop() {
    let (event_loop, log) = (new_loop(), Log::new());
    let (own, says) = (event_loop.clone(), log.clone());
    event_loop.call_soon(move || says.add(panic_of(|| own.close()).0));
    turn(&event_loop);
    assert_eq!(log.take(), ["a running event loop cannot be closed: `stop` it first"]);
    assert!(!event_loop.is_closed());
}

/// `test_events.EventLoopTestsMixin.test_close`
#[test]
fn a_closed_loop_schedules_nothing() {
    let event_loop = new_loop();
    let handle = event_loop.handle();
    event_loop.close();
    let panics: [&dyn Fn(); 3] = [
        &|| drop(event_loop.call_soon(|| {})),
        &|| drop(event_loop.call_later(Duration::from_secs(1), || {})),
        &|| drop(event_loop.call_at(event_loop.time(), || {})),
    ];
    for panics in panics {
        assert_eq!(panic_of(panics).0, "the event loop has been closed: make a new one");
    }
    assert!(handle.call_soon_threadsafe(|| {}).is_err() && handle.stop().is_err());
    assert!(event_loop.run_forever().is_err() && event_loop.turn(None).is_err());
}

/// `test_base_events.RunningLoopTests.test_running_loop_within_a_loop`
#[test]
fn running_loop_within_a_loop() {
    let [inner, outer] = [(); 2].map(|()| new_loop());
    let log = Log::new();
    let (refused, other) = (log.clone(), inner.clone());
    outer.call_soon(move || refused.add(other.run_forever().unwrap_err().to_string()));
    turn(&outer);
    let said = log.take();
    assert!(said[0].starts_with("an event loop is already running on this thread"), "{said:?}");
    assert!(inner.turn(Some(Duration::ZERO)).is_ok(), "it can be run after that");
}
