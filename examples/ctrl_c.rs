//! What Ctrl-C does to a program, by its first argument; the test of it sends real signals.
//!
//! `cargo run -p tulipa-examples --example ctrl_c` waits for a Ctrl-C, then cleans up.

use std::io::Write;
use std::time::Duration;

use tulipa::cancel::{CancelExt, catch_cancel};
use tulipa::{RunError, Runner, create_task, current_task, sleep, yield_now};

const LONG: Duration = Duration::from_secs(3600);

fn say(what: &str) {
    println!("{what}");
    let _ = std::io::stdout().flush();
}

/// Waits for Ctrl-C and cleans up, beside a task that is left.
async fn works() {
    let left = sleep(LONG).finally(async || say("the task that was left has cleaned up"));
    create_task(left).detach();
    yield_now().await;
    let work = sleep(LONG).finally(async || {
        yield_now().await;
        say("main has cleaned up");
    });
    say("ready");
    work.await;
}

/// Goes on all the same, and has a value.
async fn goes_on() -> &'static str {
    say("ready");
    catch_cancel(sleep(LONG)).await.expect_err("nobody waits so long").suppress();
    "a value"
}

/// Suppresses each cancellation, for ever.
async fn ignores() {
    say("ready");
    loop {
        if let Err(cancelled) = catch_cancel(sleep(LONG)).await {
            say("ignored");
            cancelled.suppress();
        }
    }
}

/// Never comes back to the loop. (It spins: a sleep would be a wait that tests must not make.)
#[expect(clippy::unused_async, reason = "that it never waits is what is wrong with it")]
async fn is_stuck() {
    say("ready");
    loop {
        std::thread::yield_now();
    }
}

/// A loop that never runs out of work.
async fn is_busy() {
    say("ready");
    let work = async {
        loop {
            yield_now().await;
        }
    };
    work.finally(async || say("no longer busy")).await;
}

/// Waits for a promise, which nobody keeps.
fn waits(runner: &Runner) {
    let promise = runner.event_loop().create_promise::<()>();
    let awaited = promise.clone();
    let main = async move {
        say("ready");
        let kept = awaited.await.is_ok();
        say(if kept { "kept" } else { "broken" });
    };
    let error = runner.run(main).expect_err("it is interrupted");
    say(&format!("{error}, the promise is cancelled: {}", promise.cancelled()));
}

/// Is cancelled by another task too, as it cleans up.
async fn is_cancelled_too() {
    let main = current_task().expect("this is the main task");
    say("ready");
    let cleanup = async || {
        create_task(async move { main.cancel() }).await.expect("it does not wait");
        yield_now().await;
        say("never");
    };
    sleep(LONG).finally(cleanup).await;
}

/// Works without a suspension until told, by the end of its input, and then has a value.
#[expect(clippy::unused_async, reason = "that it never waits is what it is about")]
async fn has_a_value_without_waiting() -> &'static str {
    say("ready");
    let _ = std::io::stdin().lines().count();
    "a value"
}

/// Runs again after an interrupted run; between the two, Ctrl-C ends the process.
fn twice(runner: &Runner) {
    let first = runner.run(works());
    assert!(matches!(first, Err(RunError::Interrupted)), "{first:?}");
    say("interrupted");
    let second = runner.run(goes_on());
    say(second.expect("it suppressed the cancellation"));
    say("between runs");
    loop {
        std::thread::yield_now();
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match std::env::args().nth(1).as_deref() {
        None | Some("works") => tulipa::run(works()),
        Some("goes_on") => say(tulipa::run(goes_on())),
        Some("ignores") => tulipa::run(ignores()),
        Some("is_stuck") => tulipa::run(is_stuck()),
        Some("is_busy") => tulipa::run(is_busy()),
        Some("twice") => twice(&Runner::new()?),
        Some("waits") => waits(&Runner::new()?),
        Some("is_cancelled_too") => {
            let error = Runner::new()?.run(is_cancelled_too()).expect_err("it is cancelled");
            say(&error.to_string());
        }
        Some("has_a_value") => say(tulipa::run(has_a_value_without_waiting())),
        Some("error") => {
            let runner = Runner::new()?;
            let error = runner.run(works()).expect_err("it is interrupted");
            runner.close();
            say(&error.to_string());
        }
        Some(other) => return Err(format!("no program `{other}`").into()),
    }
    Ok(())
}
