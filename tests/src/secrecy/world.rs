//! A machine in miniature: a home, temporary folders, a vault, the firm's files and a folder for exports, and our
//! programs run in it as a user would run them.

use super::canary::Canary;
use super::scan::{Hit, Scanner, Searched, files_below};
use super::watch::Watch;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::SystemTime;

/// Folders in which nothing of an exam may be readable.
const FORBIDDEN: [&str; 7] = ["vault", "home", "tmp", "work", "backup", "home/.cache", "home/.local"];
/// Places of the machine itself into which a program might write in spite of what its surroundings say.
const SHARED: [&str; 3] = ["/tmp", "/var/tmp", "/dev/shm"];

/// What a call said.
pub struct Said {
    /// `None` when it was ended by a signal.
    pub code: Option<i32>,
    /// The document on standard output.
    pub json: Value,
    /// Standard error.
    pub err: String,
}

/// Folders, programs and canaries.
pub struct World {
    folder: tempfile::TempDir,
    cli: PathBuf,
    words: BTreeMap<&'static str, String>,
    known: Vec<Canary>,
    begun: SystemTime,
    watch: Watch,
    /// Canaries seen on standard error.
    pub said: BTreeSet<Hit>,
}

/// The canaries that are texts: what each stands for, and its Chinese and Latin part. The tag of the run follows.
const WORDS: [(&str, &str); 25] = [
    ("firm", "密林鐵塔證券Firm"),
    ("case number", "110密查字第Case"),
    ("examiner", "查核員鐘鼎Exa"),
    ("reviewer", "覆核員瓦缶Rev"),
    ("system", "夜鷺交易主機Sys"),
    ("account in csv", "acctcsv"),
    ("account in xlsx", "acctxlsx"),
    ("account in xls", "acctxls"),
    ("account in ods", "acctods"),
    ("holder", "王曉鷺Hold"),
    ("heading of the firm", "本公司特有欄名Head"),
    ("answer", "訪談得知機房鑰匙藏於花盆Ans"),
    ("disposition", "經電話確認為測試帳號Disp"),
    ("finding title", "共用帳號未列管Tit"),
    ("finding text", "抽查發現密碼貼於螢幕Cond"),
    ("evidence name", "螢幕照片封存Evi"),
    ("evidence bytes", "證據內容夜半登入Byte"),
    ("evidence source", "資訊部副理鳴蟬Src"),
    ("reply", "本公司擬於明年改善Rep"),
    ("review note", "請補附鑰匙領用紀錄Note"),
    ("own procedure", "自訂程序找出夜間登入Own"),
    ("template", "本會專用範本頁首Tpl"),
    ("setting", "第九查核室機密組Set"),
    ("phrase", "常用語請補正並復查Phr"),
    ("searched word", "搜尋字詞藍鵲Srch"),
];

impl World {
    /// Makes the folders and the words. Every word carries a tag of this run, so that runs beside each other do not
    /// see one another's.
    ///
    /// # Errors
    /// When the folders cannot be made.
    pub fn new(cli: &Path) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("secrecy-").rand_bytes(8).tempdir()?;
        let root = folder.path();
        let tag: String = root.to_string_lossy().rsplit('-').next().unwrap_or_default().to_owned();
        for dir in FORBIDDEN.iter().filter(|d| !["vault", "backup"].contains(d)).chain(&["firm", "out"]) {
            fs::create_dir_all(root.join(dir))?;
        }
        let words: BTreeMap<_, _> =
            WORDS.into_iter().map(|(name, word)| (name, format!("{word}{tag}"))).collect();
        let mut known: Vec<Canary> = words.iter().map(|(name, word)| Canary::text(name, word)).collect();
        for (name, word) in [
            ("passphrase", "石破天驚逗秋雨Pass"),
            ("passphrase of before", "崑山玉碎鳳凰叫Old"),
            ("passphrase of a signature", "女媧煉石補天處Sign"),
            ("wrong passphrase", "老魚跳波瘦蛟舞Wrong"),
        ] {
            let text = format!("{word}{tag}");
            fs::write(root.join("firm").join(name), &text)?;
            known.push(Canary::text(name, &text));
        }
        let made_in: Vec<PathBuf> = ["tmp", "home", "work"].iter().map(|d| root.join(d)).collect();
        let watch = Watch::new(made_in.iter().map(PathBuf::as_path))?;
        let begun = fs::metadata(root)?.modified()?;
        Ok(Self { cli: cli.to_path_buf(), words, known, begun, watch, said: BTreeSet::new(), folder })
    }

    /// A path of this world.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same as a word of a call.
    #[must_use]
    pub fn place(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }

    /// The canary that stands for this.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn word(&self, name: &str) -> &str {
        self.words.get(name).map(String::as_str).unwrap_or_else(|| panic!("no canary stands for {name}"))
    }

    /// All words.
    #[must_use]
    pub fn all_words(&self) -> &BTreeMap<&'static str, String> {
        &self.words
    }

    /// One more thing that nobody may find.
    pub fn also(&mut self, canary: Canary) {
        self.known.push(canary);
    }

    /// What is looked for.
    #[must_use]
    pub fn canaries(&self) -> &[Canary] {
        &self.known
    }

    /// A program in these surroundings. Memory dumps are allowed, and every word that a library might say is asked for.
    #[must_use]
    pub fn program(&self, program: &Path, before: &str) -> Command {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("ulimit -c unlimited; {before} exec \"$0\" \"$@\"")).arg(program);
        command.env_clear().current_dir(self.path("work"));
        for name in ["PATH", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command.env("LANG", "C.UTF-8").env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace");
        command.envs(self.folders());
        command.env("FIELDBOOK_VAULT", self.path("vault")).stdin(Stdio::null());
        command
    }

    /// The variables that name the folders of this world.
    #[must_use]
    pub fn folders(&self) -> [(&'static str, PathBuf); 8] {
        let (home, tmp) = (self.path("home"), self.path("tmp"));
        [
            ("XDG_CACHE_HOME", home.join(".cache")),
            ("XDG_CONFIG_HOME", home.join(".config")),
            ("XDG_DATA_HOME", home.join(".local/share")),
            ("XDG_STATE_HOME", home.join(".local/state")),
            ("HOME", home),
            ("TMP", tmp.clone()),
            ("TEMP", tmp.clone()),
            ("TMPDIR", tmp),
        ]
    }

    fn call_with(&self, words: &[&str], passphrase: &str, before: &str) -> Command {
        let mut command = self.program(&self.cli, before);
        command.args(words).args(["--json", "--passphrase-file"]).arg(self.path("firm").join(passphrase));
        command
    }

    /// Calls the command line.
    ///
    /// # Panics
    /// When it does not start.
    pub fn call(&mut self, words: &[&str]) -> Said {
        let output = self.call_with(words, "passphrase", "").output().expect("the program starts");
        self.heard(words, output)
    }

    /// The same with the passphrase of another file.
    ///
    /// # Panics
    /// When it does not start.
    pub fn call_as(&mut self, words: &[&str], passphrase: &str) -> Said {
        let output = self.call_with(words, passphrase, "").output().expect("the program starts");
        self.heard(words, output)
    }

    /// The same where no file may grow beyond a megabyte.
    ///
    /// # Panics
    /// When it does not start.
    pub fn call_cramped(&mut self, words: &[&str]) -> Said {
        let cramped = "trap '' XFSZ; ulimit -f 2048;";
        let output = self.call_with(words, "passphrase", cramped).output().expect("the program starts");
        self.heard(words, output)
    }

    /// A call that has to be done, with or without remarks.
    ///
    /// # Panics
    /// When it is not done.
    pub fn done(&mut self, words: &[&str]) -> Value {
        let said = self.call(words);
        assert!(matches!(said.code, Some(0 | 3)), "{words:?}: {:?} {}", said.code, said.err);
        said.json
    }

    /// Starts a call and leaves it running.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(&self, words: &[&str]) -> Child {
        let mut command = self.call_with(words, "passphrase", "");
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
    }

    /// The same with standard output for the caller to take, or to throw away.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start_for_nobody(&self, words: &[&str]) -> Child {
        let mut command = self.call_with(words, "passphrase", "");
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
    }

    /// Gives our own program some lines on its standard input.
    ///
    /// # Panics
    /// When it does not start.
    pub fn feed(&mut self, program: &Path, words: &[&str], lines: &str) -> Said {
        let mut command = self.program(program, "");
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(lines.as_bytes()).expect("the program listens");
        drop(input);
        let output = child.wait_with_output().expect("the program is ours");
        self.heard(words, output)
    }

    /// Keeps canaries of standard error.
    pub fn heard(&mut self, words: &[&str], output: Output) -> Said {
        let call = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        let scanner = Scanner::new(&self.known);
        self.said.extend(scanner.bytes(&format!("standard error of `{call}`"), &output.stderr));
        Said {
            code: output.status.code(),
            json: serde_json::from_slice(&output.stdout).unwrap_or_default(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Looks through everything in which nothing may be found.
    ///
    /// # Errors
    /// When a place cannot be read.
    pub fn search(&self, scanner: &Scanner) -> io::Result<Searched> {
        let root = self.folder.path();
        let exempt = [root.join("firm"), root.join("out")];
        scanner.folder(root, &|path| !exempt.iter().any(|dir| path.starts_with(dir)))
    }

    /// Looks through what was written into the machine's own places since the beginning.
    ///
    /// # Errors
    /// When a place cannot be read.
    pub fn search_machine(&self, scanner: &Scanner) -> io::Result<Searched> {
        let fresh = |path: &Path| {
            let changed = fs::metadata(path).and_then(|meta| meta.modified());
            !path.starts_with(self.folder.path()) && changed.is_ok_and(|changed| changed >= self.begun)
        };
        let mut all = Searched::default();
        for dir in SHARED {
            let one = scanner.folder(Path::new(dir), &fresh)?;
            all.files += one.files;
            all.bytes += one.bytes;
            all.hits.extend(one.hits);
        }
        Ok(all)
    }

    /// Files made in the home, the temporary folder or the working folder, also those that are gone again.
    ///
    /// # Errors
    /// When the system lost count.
    pub fn strays(&self) -> io::Result<BTreeSet<PathBuf>> {
        let root = self.folder.path();
        let mut made: BTreeSet<PathBuf> = self
            .watch
            .made()?
            .into_iter()
            .map(|p| p.strip_prefix(root).unwrap_or(&p).to_path_buf())
            .collect();
        for dir in ["tmp", "home", "work"] {
            let there = files_below(&root.join(dir))?;
            made.extend(there.iter().map(|p| p.strip_prefix(root).unwrap_or(p).to_path_buf()));
        }
        Ok(made)
    }

    /// Exports that were begun and not ended.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn half_exports(&self) -> io::Result<Vec<PathBuf>> {
        let part =
            |path: &PathBuf| path.extension().is_some_and(|e| e == "part" || e == "partial" || e == "tmp");
        Ok(files_below(&self.path("out"))?.into_iter().filter(part).collect())
    }
}
