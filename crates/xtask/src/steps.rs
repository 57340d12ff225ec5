//! The steps of a task, with their elapsed time and CPU time. The test command ends with a table of them, to show which take longest.

use crate::root;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A completed step.
struct Step {
    what: String,
    elapsed: Duration,
    /// CPU time in seconds, if the system provides it; unlike elapsed time, it does not depend on other processes.
    processor: Option<f64>,
}

static STEPS: Mutex<Vec<Step>> = Mutex::new(Vec::new());

/// Runs cargo in the project's top folder.
pub(crate) fn cargo(what: &str, arguments: &[&str], environment: &[(&str, &str)]) -> bool {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    run(what, &cargo, arguments, environment, &root())
}

/// Runs a program in a folder, as a named step.
pub(crate) fn run(what: &str, program: &str, arguments: &[&str], environment: &[(&str, &str)], folder: &Path) -> bool {
    status(what, program, arguments, environment, folder).is_some_and(|status| status.success())
}

/// The same, returning the exit status; `None` if the program could not be started.
pub(crate) fn status(
    what: &str,
    program: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
    folder: &Path,
) -> Option<ExitStatus> {
    let name = Path::new(program).file_name().unwrap_or_default().to_string_lossy();
    eprintln!("== {what}: {name} {}", arguments.join(" "));
    timed(what, || {
        let mut command = Command::new(program);
        let started = command.args(arguments).envs(environment.iter().copied()).current_dir(folder).status();
        started.map_err(|error| eprintln!("{program} cannot be started: {error}")).ok()
    })
}

/// Runs a function as a named step.
pub(crate) fn timed<T>(what: &str, step: impl FnOnce() -> T) -> T {
    let (began, before) = (Instant::now(), processor_of_children());
    let done = step();
    let processor = before.zip(processor_of_children()).map(|(before, after)| after - before);
    if let Ok(mut steps) = STEPS.lock() {
        steps.push(Step { what: what.to_owned(), elapsed: began.elapsed(), processor });
    }
    done
}

/// The table of steps, in order; steps of the same name are added up.
pub(crate) fn table() -> String {
    let mut rows: Vec<Step> = Vec::new();
    for step in STEPS.lock().map(|mut steps| std::mem::take(&mut *steps)).unwrap_or_default() {
        match rows.iter_mut().find(|row| row.what == step.what) {
            Some(row) => {
                row.elapsed += step.elapsed;
                row.processor = row.processor.zip(step.processor).map(|(before, now)| before + now);
            }
            None => rows.push(step),
        }
    }
    let mut text = String::from("   seconds  processor  step\n");
    for Step { what, elapsed, processor } in rows {
        let processor = processor.map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.1}"));
        text.push_str(&format!("{:10.1} {processor:>10}  {what}\n", elapsed.as_secs_f64()));
    }
    text
}

/// The CPU time of all child processes that were waited for, and of their children. Linux gives it in hundredths of a second.
fn processor_of_children() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name is in brackets and may contain anything; the eleventh and twelfth fields after it are the children's times.
    let mut numbers = text.rsplit_once(')')?.1.split_whitespace().skip(13);
    let (user, system): (f64, f64) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some((user + system) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_timed_and_steps_of_one_name_are_one_row() {
        timed("waiting", || std::thread::sleep(Duration::from_millis(60)));
        timed("waiting", || std::thread::sleep(Duration::from_millis(60)));
        let table = table();
        let rows: Vec<_> = table.lines().filter(|line| line.ends_with("waiting")).collect();
        assert_eq!(rows.len(), 1, "{table}");
        let seconds: f64 = rows[0].split_whitespace().next().and_then(|text| text.parse().ok()).expect("seconds");
        assert!(seconds >= 0.1, "{table}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_processor_s_time_of_a_program_is_seen() {
        let before = processor_of_children().expect("Linux provides it");
        let busy = Command::new("sh").args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]).status();
        assert!(busy.expect("there is a shell").success());
        assert!(processor_of_children().expect("Linux provides it") > before);
    }
}
