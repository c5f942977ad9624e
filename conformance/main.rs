//! Runs one scenario: `cargo run -p tulipa-conformance -- lock/fifo`; `--list` names them all.
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "a coroutine need not wait, and neither need its twin")]

mod clock;
mod scenario;
mod scenarios;

use std::process::ExitCode;

use scenario::{On, Scenario};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["--list"] => list(),
        [name] => find(name).and_then(|scenario| scenario.run(scenario.loops()[0])),
        [name, on] => {
            find(name).and_then(|scenario| scenario.run(On::named(on).ok_or("no such loop")?))
        }
        _ => Err("usage: tulipa-conformance --list | NAME [virtual|real]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tulipa-conformance: {error}");
            ExitCode::FAILURE
        }
    }
}

/// For xtask: where this program is, then a line for each scenario with the loops it runs on.
fn list() -> Result<(), String> {
    let path = std::env::current_exe().map_err(|error| error.to_string())?;
    println!("{}", path.display());
    for scenario in scenarios::all() {
        let loops: Vec<_> = scenario.loops().iter().map(|on| on.name()).collect();
        println!("{} {}", scenario.name, loops.join(" "));
    }
    Ok(())
}

fn find(name: &str) -> Result<&'static Scenario, String> {
    let found = scenarios::all().find(|scenario| scenario.name == name);
    found.ok_or_else(|| format!("no scenario `{name}`; `--list` names them all"))
}
