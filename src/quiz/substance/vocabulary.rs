//! The words by which people chat, ask back, give up and talk shop; lower case, without apostrophes.

/// Ways to say that one can't answer. They count where a clause begins with them.
pub(super) const DONT_KNOW: &[&str] = &[
    "idk", "idek", "dunno", "dont know", "do not know", "dont really know", "dont remember", "cant remember", "no idea", "no clue",
    "not a clue", "zero idea", "zero clue", "no earthly idea", "beats me", "pass", "i pass", "not sure", "not knowing", "unsure",
    "clueless", "stumped", "you got me", "never heard of", "cant answer", "cannot answer", "am lost", "im lost", "wouldnt know",
    "couldnt tell", "couldnt say", "never understood", "dont understand", "dont get it", "not familiar", "no experience", "drawing a blank",
    "out of my depth", "over my head", "need to look it up", "have to look it up", "have to google", "need to google", "i forgot",
    "forgot it", "forgot how", "forgot what", "above my pay grade", "brain empty", "no memory", "keine ahnung", "weiß nicht", "weiss nicht",
    "weiß ich nicht", "weiss ich nicht", "ni idea", "no sé", "no se", "no lo sé", "no lo se", "sais pas", "je ne sais pas", "aucune idée",
    "aucune idee", "não sei", "nao sei", "sei lá", "sem ideia", "non lo so", "non so", "boh", "nie wiem", "weet ik niet", "geen idee",
    "ingen aning", "vet inte", "nevim", "bilmiyorum", "не знаю", "pata nahi", "nahi pata", "malum nahi",
];

/// Words that may stand before a "don't know" in its clause.
pub(super) const DONT_KNOW_LEAD: &[&str] = &[
    "i", "we", "im", "ive", "am", "have", "got", "ich", "hab", "habe", "je", "j", "ai", "yo", "eu", "io", "honestly", "sorry", "really",
    "hm", "hmm", "um", "uh", "er", "ah", "oh", "well", "ok", "so", "tbh", "absolutely", "literally", "me", "still", "genuinely", "just",
    "simply", "lol", "haha", "actually", "truly", "frankly", "mujhe",
];

/// Words with which a guess begins.
pub(super) const HEDGES: &[&str] = &[
    "maybe", "perhaps", "probably", "possibly", "i think", "i guess", "i believe", "i suppose", "i assume", "id say", "id guess",
    "id go with", "my guess", "could be", "might be", "id check", "id start", "id look", "id first", "id use", "id put", "i would",
    "must be", "something like", "something with", "iirc", "afaik", "imo", "imho", "presumably", "vielleicht", "vermutlich", "wohl",
    "quizás", "quizas", "creo que", "peut être", "peut-être", "je crois", "acho que", "talvez", "forse", "credo", "shayad",
];

/// Messages, or parts of them, that say nothing of the matter. Taken out before anything is weighed.
pub(super) const PLEASANTRIES: &[&str] = &[
    "good morning", "good evening", "good afternoon", "good night", "morning", "mornin", "gm", "hi", "hey", "hello", "hiya", "yo", "howdy",
    "hola", "hallo", "moin", "servus", "bonjour", "salut", "olá", "ola", "ciao", "namaste", "thank you", "thanks", "thx", "ty", "tysm",
    "cheers", "gracias", "merci", "danke", "obrigado", "obrigada", "grazie", "dhanyavad", "welcome", "bye", "cya", "brb", "afk", "gtg",
    "bbl", "np", "yw", "pls", "please", "sir", "madam", "everyone", "everybody", "folks", "guys", "team", "all", "wow", "whoa", "ooh",
    "oooh", "oh", "ah", "aha", "ahh", "hm", "hmm", "hmmm", "mhm", "uh", "um", "huh", "ugh", "oof", "ouch", "yikes", "yay", "woohoo", "ok",
    "okay", "okey", "k", "kk", "cool", "nice", "great", "awesome", "neat", "sweet", "interesting", "wild", "tricky", "tough", "hard",
    "easy", "fun", "spicy", "classic", "true", "indeed", "right", "sure", "fair", "fair enough", "got it", "noted", "done", "following",
    "bump", "first", "test", "testing", "ping", "pong", "anyone", "someone", "one", "today", "nvm", "never mind", "lets go", "here we go",
    "good one", "well", "so", "too", "very", "much", "this", "that", "damn", "omg", "wtf", "smh", "fyi", "btw", "tbh", "ngl", "same",
    "ditto", "yes", "yeah", "yep", "yup", "no", "nope", "nah", "ja", "nein", "oui", "non", "sí", "si", "sim", "não",
];

/// How people laugh. The text is still an answer where it says enough otherwise.
pub(super) const LAUGHS: &[&str] = &[
    "lol", "lmao", "lmfao", "rofl", "haha", "hahaha", "hahah", "hehe", "hihi", "xd", "jaja", "jajaja", "kkk", "mdr", "jk", "kidding",
    "lolz", "lel", "joking",
];

/// Faces that say a thing is not meant in earnest.
pub(super) const LAUGHING_FACES: &[char] =
    &['😂', '🤣', '😅', '😆', '😹', '🙃', '😜', '😝', '🤪', '😭', '💀', '🤡', '😏', '😁', '😄', '🙈', '🫠', '😬', '😱'];

/// Openings that agree with somebody instead of answering.
pub(super) const AGREEMENTS: &[&str] = &[
    "same", "ditto", "this", "agree", "agreed", "i agree", "totally agree", "fully agree", "completely agree", "exactly", "seconded",
    "second that", "what", "as", "like", "good point", "great point", "nice point", "fair point", "well said", "good answer",
    "great answer", "nice answer", "echoing", "plus one", "so true", "true", "copying", "stimmt", "genau", "igual que", "de acuerdo",
    "pareil", "concordo",
];

/// Talk about the quiz rather than about its subject.
pub(super) const META: &[&str] = &[
    "question", "questions", "quiz", "quizzes", "bot", "score", "scores", "scoring", "grade", "grades", "graded", "leaderboard", "hint",
    "hints", "streak", "typo", "typos", "docs", "answer", "answers", "answered", "answering", "reply", "replies", "interview", "interviews",
    "interviewer", "homework", "exam", "skip", "skipping", "posted", "repost", "thread", "channel", "colleague", "colleagues", "later",
    "tomorrow", "tonight", "evening", "standup", "meeting", "frage", "pregunta", "pergunta",
];

/// Phrases of talk about the quiz.
pub(super) const META_PHRASES: &[&str] = &[
    "how many points", "my points", "my rank", "get back to", "this one", "that one", "take this", "go first", "todo list", "to do list",
    "let me try", "let me think", "let me read", "let me check", "let me look", "let me see", "on it", "working on it", "last week",
    "trick question", "give me a", "one sec", "one moment", "one min", "need coffee", "coming back",
];

/// Remarks that touch the subject without saying anything about it.
pub(super) const ASIDES: &[&str] = &[
    "never used", "never tried", "never done", "never touched", "never built", "never seen", "never had to", "never needed",
    "nie gebraucht", "nie benutzt", "not using", "dont use", "doesnt use", "do not use", "does not use", "didnt use", "we are on",
    "were on", "we moved to", "we switched to", "havent used", "havent tried", "havent built", "havent done", "havent read",
    "havent looked", "not yet", "am still", "im still", "still doing", "still learning", "still setting", "still reading", "still waiting",
    "remind me", "reminds me", "want to learn", "wanna learn", "need to learn", "should learn", "looking forward", "so pretty", "so cool",
    "so good", "so bad", "so nice", "so ugly", "so hard", "so annoying", "so confusing", "is pretty", "is great", "is awesome", "is cool",
    "is ugly", "is hard", "is fun", "is confusing", "is annoying", "is amazing", "is overrated", "is a mess", "is magic", "i love",
    "i hate", "i miss", "love it", "hate it", "love this", "hate this", "drives me", "driving me", "killing me", "my favorite",
    "my favourite", "gives me", "good luck", "cant wait", "i wish", "i remember when", "flashbacks", "heads up", "psa", "fyi", "by the way",  "fun fact",
    "speaking of", "remember when", "back in the day", "at the moment", "were evaluating", "are evaluating", "were looking at",
    "were considering", "are considering", "were planning", "are planning", "were thinking", "thinking about", "on my list", "my pr",
    "review my", "anyone else", "can someone", "is anyone", "who broke", "deploying now", "restarting now", "blog post", "good talk",
    "great talk", "used to be", "bit us", "burned us", "happened to us", "at my old job", "ptsd", "shoutout", "kudos", "congrats",
    "didnt expect", "depends who",
];

/// Words of jokes and of life outside the matter.
pub(super) const LIFE: &[&str] = &[
    "pager", "paged", "hope", "luck", "hoping", "therapist", "grandma", "weekend", "weekends", "friday", "fridays", "monday", "mondays", "lunch", "dinner",
    "breakfast", "coffee", "beer", "beers", "wine", "pizza", "nightmare", "nightmares", "dream", "dreams", "sleep", "pray", "prayer",
    "prayers", "cry", "crying", "tears", "blame", "boss", "vacation", "holiday", "party", "wife", "husband", "kids", "mom", "mum", "cat",
    "dog", "sanity", "therapy", "hair", "magic", "unicorn", "unicorns", "voodoo", "wizard", "hell", "meme", "memes", "yesterday",
    "complicated", "ago", "résumé", "resume", "linkedin", "salary",
];

/// Times at which a story was set; a story may still be an answer.
pub(super) const STORY_TIMES: &[&str] = &[
    "last year", "last month", "last week", "last night", "last friday", "last fridays", "last sprint", "last quarter", "back in",
    "the other day", "years ago", "this morning",
];

/// Words that make a sentence a question when it begins with them and ends in a question mark.
pub(super) const ASKING: &[&str] = &[
    "who", "whos", "whose", "what", "whats", "when", "whens", "where", "wheres", "why", "which", "how", "hows", "is", "are", "am", "was",
    "were", "do", "does", "did", "can", "could", "should", "would", "will", "has", "have", "had", "may", "shall", "any", "anyone",
    "anybody", "wer", "wann", "wo", "warum", "wie", "welche", "ist", "sind", "kann", "können", "qué", "que", "quién", "cuándo", "cómo",
    "como", "dónde", "qui", "quoi", "quand", "où", "comment", "pourquoi", "est", "quem", "quando", "onde", "kya", "kaun", "kab",
];

/// Negative openings: "isn't it that …?" states what it asks.
pub(super) const SUGGESTING: &[&str] = &["isnt", "arent", "wasnt", "werent", "didnt", "hasnt", "havent", "doesnt", "dont", "wouldnt", "shouldnt", "cant", "couldnt", "wont"];

/// Second words that turn an opening of [`ASKING`] into a question even without its mark.
pub(super) const ASKED: &[&str] = &[
    "you", "u", "we", "it", "this", "that", "i", "they", "there", "anyone", "anybody", "someone", "somebody", "these", "those", "he", "she",
];

/// Openings that ask even without a question mark.
pub(super) const ASKING_OPENINGS: &[&str] = &[
    "how many", "how much", "how long", "how do", "how does", "how did", "how is", "how are", "how can", "how come", "what is", "what are",
    "what does", "what do", "what did", "what about", "whats", "when is", "when does", "when do", "when will", "where is", "where are",
    "where do", "where does", "where can", "why is", "why are", "why do", "why does", "why did", "who is", "whos", "who posted",
    "who writes", "who wrote", "who made", "who else", "who wants", "who has", "who did", "who knows", "which one", "do you mean",
    "you mean", "anyone else", "anyone know", "anyone knows", "any hints", "any hint", "was ist", "was meint",
];

/// Words that tie an explanation together.
pub(super) const RELATIONS: &[&str] = &[
    "because", "bc", "since", "via", "through", "between", "by", "from", "into", "instead", "without", "with", "so", "therefore", "hence",
    "then", "otherwise", "while", "whereas", "per", "vs", "not", "only", "both", "each", "every", "first", "finally", "weil", "damit",
    "zwischen", "durch", "über", "porque", "entre", "mediante", "sin", "parce", "pour", "sans",
];

/// Yes and no, which answer a question that asks for them.
pub(super) const YES_OR_NO: &[&str] = &[
    "no", "nope", "nah", "yes", "yep", "yeah", "yup", "not", "never", "nein", "ja", "oui", "non", "sí", "si", "sim", "não", "nao", "нет",
    "да", "nahi", "haan", "nej", "nie", "tak",
];

/// Words that may stand around a yes or no: "usually not", "I don't think so", "of course not".
pub(super) const YES_OR_NO_AROUND: &[&str] = &[
    "usually", "normally", "generally", "mostly", "typically", "really", "necessarily", "hardly", "rarely", "ever", "i", "they", "it",
    "dont", "doesnt", "do", "does", "think", "so", "guess", "believe", "would", "say", "id", "of", "course", "definitely", "certainly",
    "absolutely", "probably", "only", "at", "all", "always", "sometimes", "in", "most", "cases", "general", "partly", "mainly", "hm", "hmm",
    "eigentlich", "normalmente", "pas", "nicht",
];

/// Stems of the trade at large: what any software question is answered with, whatever the pack. Matched as beginnings of words.
pub(super) const TRADE_STEMS: &[&str] = &[
    "alert", "architect", "authent", "authori", "authz", "automat", "backend", "balanc", "cach", "caller", "callee", "certif", "zertifik",
    "client", "cluster", "config", "connect", "contain", "crash", "dashboard", "databas", "deploy", "downtime", "downstream", "encrypt",
    "endpoint", "error", "expir", "expos", "fail", "fallback", "fault", "firewall", "forward", "gateway", "handshak", "header", "http",
    "identit", "infrastruct", "inject", "instanc", "intercept", "isolat", "kubernet", "latenc", "memor", "metric", "métric", "microserv",
    "middlew", "monitor", "monolit", "mutual", "namespac", "network", "observab", "overhead", "overload", "packet", "percentil",
    "plaintext", "polic", "protocol", "prox", "redirect", "redundan", "replica", "request", "resourc", "restart", "retries", "retry",
    "revok", "rollback", "rollout", "rotat", "rout", "saturat", "scal", "secret", "secur", "server", "servic", "signal", "socket",
    "staging", "storag", "subset", "telemetr", "throttl", "throughput", "timeout", "token", "topolog", "trace", "tracing", "traffic",
    "tráfic", "tunnel", "upgrad", "upstream", "verif", "version", "weight", "workload", "orchestr", "provision", "compil", "domain", "extern", "recover", "capacit", "disaster", "docker", "linux", "nginx", "haproxy", "kafka", "redis", "postgres",
    "mysql", "kubelet", "kubectl", "terraform", "ansible", "envvar", "filesystem", "bandwidth", "jitter", "congest", "queu", "sharding", "outage",
    "renew", "failover", "backup", "startup", "discover", "registr", "breach", "impersonat", "credential", "unencrypt", "mitm", "rollover",
    "hotfix", "terminat", "listener", "daemon", "kernel",
];

/// Stems of words that the trade shares with everyday talk: two of them say as much as one of the trade's own.
pub(super) const SHARED_STEMS: &[&str] = &[
    "source", "destination", "profile", "behalf", "allow", "attack", "availab", "avoid", "block", "bottleneck", "break", "budget", "central", "chang", "check", "collect", "compar",
    "complex", "complian", "control", "cost", "debug", "decid", "defen", "deny", "denied", "dependen", "detect", "diagnos", "distribut",
    "drop", "enforc", "expens", "experiment", "flow", "gradual", "hop", "hops", "increas", "incremental", "inspect", "integrat", "intern",
    "invalid", "issu", "jump", "leak", "legacy", "listen", "maint", "manag", "manual", "match", "measur", "migrat", "operat", "optimi",
    "perform", "permission", "privileg", "protect", "prove", "provid", "record", "refus", "reject", "reliab", "remov", "report", "resolv",
    "respon", "restrict", "setup", "shift", "slow", "split", "spread", "stable", "standard", "stat", "switch", "system", "target", "test",
    "threat", "threshold", "track", "transparent", "trigger", "troublesh", "unavailab", "unsecur", "valid", "vulnerab", "whitelist", "zone",
];

/// Whole words of the trade at large.
pub(super) const TRADE_WORDS: &[&str] = &[
    "etcd", "sql", "kube", "cni", "crd", "crds", "sdk", "cli", "ci", "cd", "api", "apis", "app", "apps", "application", "applications", "auth", "ca", "call", "calls", "cert", "certs", "code", "cpu", "ram",
    "data", "dns", "grpc", "host", "hosts", "json", "yaml", "layer", "l3", "l4", "l5", "l6", "l7", "limit", "limits", "load", "log", "logs",
    "mesh", "node", "nodes", "plane", "planes", "pod", "pods", "port", "ports", "prod", "qps", "rps", "rate", "rates", "rbac", "rpc",
    "rule", "rules", "span", "spans", "tcp", "tls", "ssl", "ttl", "trust", "udp", "user", "users", "vm", "vms", "k8s", "iptables", "503",
    "502", "504", "500", "404", "4xx", "5xx", "duration", "durations",
];

/// Commands as people type them without their slash: alone, or second in a short message. Those that are also words of an explanation
/// ("schedule", "hide", "stop") are left out.
pub(super) const COMMANDS: &[&str] = &["quiz", "hint", "leaderboard", "board", "help", "skip", "setup", "interview", "streak", "score", "grade"];
