//! `check`: cases in, reports out.

use crate::args::{CheckOptions, Given};
use crate::assemble::{self, Assembled};
use crate::baseline::Baseline;
use crate::beside::Beside;
use crate::config::{Configs, Part};
use crate::file_name::FileName;
use crate::format::{Format, Output};
use crate::gate::{OwnIgnore, Rules, own_ignores};
use crate::input::{self, Case, Progress};
use crate::judged::Judged;
use crate::options::Known;
use crate::place::Source;
use crate::printer::Printers;
use crate::sentences::{self, say};
use crate::taken::How;
use crate::tally::Tally;
use crate::words::locale;
use crate::{COULD_NOT_RUN, Result, files, fixing, human, output};
use image_preflight::{Edition, Report};
use image_preflight_input::{Form, Options, fill_in_case, translate_with};
use serde_json::{Map, Value};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Checks and prints. What cannot be read is an error, and the rest goes on; what cannot be written ends the run.
pub(crate) fn run(options: &CheckOptions, configs: &mut Configs) -> Result<u8> {
    let config = configs.of_run();
    let outputs: Vec<Output> = options.outputs.iter().chain(&config.outputs).cloned().collect();
    let baseline = options.gate.baseline.as_ref().or(config.baseline.as_ref());
    let baseline = baseline.filter(|_| options.gate.write_baseline.is_none());
    let baseline = baseline.map(|path| Baseline::read(path)).transpose()?;
    let format = options.format.or(config.format).unwrap_or(Format::Human);
    let fail_on = options.gate.fail_on.or(config.fail_on).unwrap_or_default();
    if options.fix.diff {
        return fixing::diff(options, configs);
    }
    if options.fix.fix {
        fixing::fix(options, configs)?;
    }
    let written_to = outputs_are_apart(&outputs, &options.files)?;
    let facts = if options.given.bare.body.is_some() { Map::new() } else { facts(&options.given.known)? };
    let mut check = Check {
        options,
        configs,
        beside: Beside::of(&options.given.known, &facts),
        facts,
        printers: Printers::new(format, &outputs, fail_on, locale())?,
        tally: Tally::default(),
        baseline,
        written: options.gate.write_baseline.is_some().then(Baseline::default),
        errors: Vec::new(),
        outputs: written_to,
        part: None,
        configuration: None,
    };
    let ended = check.all();
    if let Err(sentence) = &ended {
        check.errors.push(sentence.clone());
    }
    let Check { printers, tally, written, errors, .. } = check;
    let printed = printers.end(&tally, &errors);
    ended.and(printed)?;
    if let (Some(baseline), Some(path)) = (written, &options.gate.write_baseline) {
        baseline.write(path)?;
        // What is invalid has not been judged, and no baseline takes it.
        let is_judged = errors.is_empty() && tally.invalid == 0;
        return Ok(if is_judged { 0 } else { COULD_NOT_RUN });
    }
    if tally.is_empty() && errors.is_empty() && !matches!(format, Format::Human | Format::Concise) {
        // A log of nothing looks like one of a run in which all is well.
        output::note(human::no_case(locale()));
    }
    Ok(if errors.is_empty() { tally.status(fail_on) } else { COULD_NOT_RUN })
}

/// An output empties its file before the first case is read, so that it must be no file of a case, nor that of another output.
/// Gives where they are: one that is found in a folder is passed over.
fn outputs_are_apart(outputs: &[Output], files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let read: Vec<_> = files.iter().map(|file| place(file)).collect();
    let mut written = Vec::new();
    for Output { file, .. } in outputs {
        let place = place(file);
        let sentence = match () {
            () if read.contains(&place) => sentences::OUTPUT_IS_INPUT,
            () if written.contains(&place) => sentences::OUTPUT_TWICE,
            () => {
                written.push(place);
                continue;
            }
        };
        return Err(say(sentence, &[("file", &FileName::of(file).shown())]));
    }
    Ok(written)
}

/// Where a file is, by whatever name it is called.
fn place(file: &Path) -> PathBuf {
    file.canonicalize().or_else(|_| std::path::absolute(file)).unwrap_or_default()
}

struct Check<'c> {
    options: &'c CheckOptions,
    configs: &'c mut Configs,
    /// Facts that fill in what cases leave unknown.
    facts: Map<String, Value>,
    beside: Beside,
    printers: Printers,
    tally: Tally,
    baseline: Option<Baseline>,
    /// What `--write-baseline` collects.
    written: Option<Baseline>,
    /// What could not be read, each a sentence.
    errors: Vec<String>,
    /// The files of outputs, which hold no cases any more.
    outputs: Vec<PathBuf>,
    /// What holds for the file that is checked.
    part: Option<Settings>,
    /// The first file of Terraform's configuration that was passed over.
    configuration: Option<String>,
}

/// What holds for a file: the options of the command line, else those of the configuration.
pub(crate) struct Settings {
    pub(crate) edition: Edition,
    pub(crate) is_strict: bool,
    pub(crate) rules: Rules,
}

impl Settings {
    /// The error is that the configuration of the file cannot be read.
    pub(crate) fn of(options: &CheckOptions, configs: &mut Configs, file: Option<&Path>) -> Result<Self> {
        let part = configs.of_file(file)?;
        let (edition, is_strict) = options.given.documents.of_file(&part);
        let Part { select, mut ignore, mut overridden, .. } = part;
        ignore.extend(options.gate.ignore.iter().cloned());
        overridden.extend(options.gate.overridden.iter().cloned());
        let select = if options.gate.select.is_empty() { select } else { options.gate.select.clone() };
        Ok(Settings { edition, is_strict, rules: Rules { select, ignore, overridden } })
    }
}

impl Check<'_> {
    fn all(&mut self) -> Result<()> {
        let options = self.options;
        if let Some(body) = &options.given.bare.body {
            let settings = Settings::of(options, self.configs, FileName::of(body).path())?;
            let Given { bare, known, .. } = &options.given;
            let case = assemble::case(body, bare, known, settings.is_strict)?;
            return with_assembled(&case, &settings.edition, |report, source| {
                self.judge(report, source, &settings, &[])
            });
        }
        if options.files.is_empty() && std::io::stdin().is_terminal() {
            output::note(&say(sentences::READS_STDIN, &[]));
        }
        let stdin = [PathBuf::from("-")];
        let arguments = if options.files.is_empty() { &stdin[..] } else { &options.files };
        let progress = Progress::new();
        let mut passed_over = 0_u64;
        for argument in arguments {
            files::named(argument, options.stdin_filename.as_deref(), &mut |named| match named {
                Ok(named) => self.file(&named, &progress, &mut passed_over),
                Err(sentence) => {
                    self.failed(sentence);
                    Ok(())
                }
            })?;
        }
        progress.end();
        self.beside.note();
        if passed_over > 0 {
            output::note(&say(sentences::PASSED_OVER, &[("count", &passed_over)]));
        }
        if let Some(file) = self.configuration.take().filter(|_| self.tally.is_empty()) {
            let hcl = Options { form: Some(Form::Hcl), operation: None };
            if let Err(why) = translate_with("", hcl) {
                output::note(&say(sentences::UNCHECKED, &[("file", &file), ("why", &why.text(locale()))]));
            }
        }
        Ok(())
    }

    /// Checks a file; the error is that something cannot be written.
    fn file(&mut self, named: &files::Named, progress: &Progress, passed_over: &mut u64) -> Result<()> {
        let file = &named.file;
        let is_output = |path: &Path| !self.outputs.is_empty() && self.outputs.contains(&place(path));
        if file.path().is_some_and(is_output) {
            return Ok(());
        }
        match Settings::of(self.options, self.configs, file.path()) {
            Ok(settings) => self.part = Some(settings),
            // One sentence for all files that it is the configuration of.
            Err(sentence) if self.errors.contains(&sentence) => return Ok(()),
            Err(sentence) => {
                self.failed(sentence);
                return Ok(());
            }
        }
        let options = self.options;
        let facts = std::mem::take(&mut self.facts);
        let how = How {
            form: options.input.as_deref().and_then(Form::from_name),
            operation: options.given.bare.operation.as_deref(),
            facts: &facts,
            locale: locale(),
            is_found: named.is_found,
        };
        let mut failed = None;
        let read = input::cases(file, &how, progress, |case| {
            let checked = self.case(case, &facts);
            failed = checked.as_ref().err().cloned();
            checked
        });
        self.facts = facts;
        match (read, failed) {
            (_, Some(sentence)) => return Err(sentence),
            (Ok(true), _) => {}
            (Ok(false), _) => {
                *passed_over += 1;
                if file.path().is_some_and(|path| path.extension().is_some_and(|extension| extension == "tf")) {
                    self.configuration.get_or_insert_with(|| file.shown().to_owned());
                }
            }
            (Err(sentence), _) => self.failed(sentence),
        }
        Ok(())
    }

    fn failed(&mut self, sentence: String) {
        output::error(&sentence);
        self.errors.push(sentence);
    }

    fn case(&mut self, case: &Case<'_>, facts: &Map<String, Value>) -> Result<()> {
        let Some(settings) = self.part.take() else { return Ok(()) };
        let own = match std::str::from_utf8(case.text).map(own_ignores) {
            Ok(Ok(own)) => own,
            Ok(Err(sentence)) => {
                let values: &sentences::Values<'_> =
                    &[("file", &case.file.shown()), ("line", &case.line), ("sentence", &sentence)];
                self.failed(say(sentences::AT_LINE, values));
                Vec::new()
            }
            Err(_) => Vec::new(),
        };
        self.beside.sees(case.text, facts);
        // What was translated has its facts already.
        let none = Map::new();
        let facts = if case.taken.is_some() { &none } else { facts };
        let whole = std::str::from_utf8(case.text).ok().and_then(|text| completed(text, facts, settings.is_strict));
        let report = match &whole {
            Some(whole) => image_preflight::check_with(whole, &settings.edition),
            None => report_of(case.text, &settings.edition),
        };
        let text = String::from_utf8_lossy(case.text);
        let judged = self.judge(&report, &case.source(&text), &settings, &own);
        self.part = Some(settings);
        judged
    }

    fn judge(
        &mut self,
        report: &Report<'_>,
        source: &Source<'_>,
        settings: &Settings,
        own: &[OwnIgnore],
    ) -> Result<()> {
        let judged = settings.rules.judge(report, own, self.baseline.as_mut(), source);
        self.tally.count(&judged);
        if let Some(written) = &mut self.written {
            written.add(&judged, source);
        }
        unused(&judged, own, source);
        self.printers.report(&judged, source)
    }
}

/// Notes what a case ignores without need.
fn unused(judged: &Judged<'_, '_>, own: &[OwnIgnore], source: &Source<'_>) {
    for rule in own.iter().map(OwnIgnore::rule) {
        if !judged.report.findings().iter().any(|finding| finding.rule().id == rule) {
            let (line, _) = source.begins();
            let sentence = say(sentences::IGNORES_NOTHING, &[("rule", &rule)]);
            let values: &sentences::Values<'_> =
                &[("file", &source.file.shown()), ("line", &line), ("sentence", &sentence)];
            output::note(&say(sentences::AT_LINE, values));
        }
    }
}

/// The text of a case with the facts that it leaves unknown, and `strict`, where these are given beside it. What is added does not
/// count for positions.
pub(crate) fn completed(text: &str, facts: &Map<String, Value>, is_strict: bool) -> Option<String> {
    let filled = if facts.is_empty() { None } else { fill_in_case(text, facts) };
    let strict = is_strict.then(|| assemble::strict(filled.as_deref().unwrap_or(text))).flatten();
    strict.or(filled)
}

pub(crate) fn report_of<'t>(text: &'t [u8], edition: &Edition) -> Report<'t> {
    match std::str::from_utf8(text) {
        Ok(text) => image_preflight::check_with(text, edition),
        Err(_) => image_preflight::check_bytes(text),
    }
}

/// The facts from the arguments that fill in what cases leave unknown. Objects are taken whole: the library finds in them what is about
/// the request.
pub(crate) fn facts(known: &Known) -> Result<Map<String, Value>> {
    let Some(operation) = image_preflight::operations().next() else { return Ok(Map::new()) };
    let others = Known { image: None, ..known.clone() };
    let text = assemble::facts(&others, operation.provider().image_object, None)?;
    let mut facts: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| say(sentences::FACTS_NO_JSON, &[("why", &error)]))?;
    if let Some(path) = &known.image {
        let image = assemble::json(&FileName::of(path))?;
        // Each provider's operations read their own member.
        for name in image_preflight::operations().map(|operation| operation.provider().image_object.name) {
            facts.insert(name.to_owned(), image.clone());
        }
    }
    Ok(facts)
}

/// Checks an assembled case. For a body that is not JSON, only its own syntax error is reported, with the position in its file.
pub(crate) fn with_assembled<T>(
    case: &Assembled,
    edition: &Edition,
    print: impl FnOnce(&Report<'_>, &Source<'_>) -> Result<T>,
) -> Result<T> {
    let alone = Source::whole(&case.file, &case.body);
    let report = image_preflight::check(&case.body);
    if report.findings().iter().any(|finding| finding.rule().id == "case.syntax") {
        return print(&report, &alone);
    }
    let source = Source { case: &case.text, start: case.start, ..alone };
    print(&image_preflight::check_with(&case.text, edition), &source)
}
