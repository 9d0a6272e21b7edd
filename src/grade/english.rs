//! The closed word classes: what carries grammar and no content, in English and the languages people mix in.

use crate::grade::text;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word does in its sentence, as far as a closed list can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Carries meaning; is matched and counted.
    Content,
    /// Articles, particles, fillers.
    Function,
    /// Can be a subject by itself: it, they, you, this.
    Pronoun,
    /// Puts two things in relation: between, at, for.
    Preposition,
    /// Forms of be, do, have and the modals.
    Auxiliary,
    /// and, or.
    Coordinator,
    /// Starts a clause of its own: but, while, because, which.
    Conjunction,
    /// Negates what follows.
    Negator,
}

const FUNCTION: &str = "a an the here just also very really quite actually basically simply etc too even still such \
    well ok okay yes yeah yep please e.g i.e eg ie some own ever already now anyway like thing stuff kind sort lot bit of course sure maybe \
    perhaps probably usually mostly generally der den dem des das ein eine einen einem einer el la los las un una unos unas le les du \
    une auch noch schon ya muy se lo ne o os um uma ka ki ke ko का की के को ही भी तो और एक में से पर ने";
const PRONOUN: &str = "i you we they he she it this that these those there its my your our their his her me us them one's myself \
    itself yourself themselves everyone someone anyone ich du er sie wir ihr yo tu él ella nosotros je il elle nous vous ils que मैं हम वह यह ye woh";
const PREPOSITION: &str = "to of in on at for with by as from into onto through via over under about against between among across \
    within inside outside around toward towards per behind beside beneath beyond upon out up off down than during \
    als neben mit für von zu im am bei aus auf nach über zwischen durch de en por con para entre à dans pour avec par sur au aux em com";
const AUXILIARY: &str = "is are was were be been being am do does did done doing have has had having can could will would shall \
    should may might must let lets gets get got goes ist sind wird werden hat haben kann hai hain tha thi mein phir karta karte karti hota hoti läuft macht liefert geht kommt es son está están tiene est sont été peut é são है हैं हो होता";
const COORDINATOR: &str = "and or und oder y et ou e aur या aur n";
const CONJUNCTION: &str = "but however while whereas although though because since so if when whenever where which who whom whose what why how \
    unless until yet then therefore thus hence plus otherwise whether once whereby aber während weil wenn dass pero porque cuando mientras si mais \
    parce quand car donc mas quando जब तब अगर क्योंकि लेकिन";
const NEGATOR: &str = "not no never without cannot neither nor none nothing nobody nowhere hardly barely scarcely zero dont doesnt didnt cant \
    wont isnt arent wasnt werent shouldnt wouldnt couldnt hasnt havent hadnt mustnt neednt aint nicht kein keine keinen keinem keiner ohne nie niemals \
    sin ningún ninguna nunca tampoco pas sans jamais aucun aucune não sem नहीं बिना nahi nahin";

/// Forms whose stem the stemmer does not find, or confuses with another word's.
const IRREGULAR: &str = "sent=send made=make written=write wrote=write kept=keep held=hold ran=run broke=break broken=break chose=choose \
    chosen=choose knew=know known=know gave=give given=give took=take taken=take built=build went=go lost=lose told=tell said=say shown=show \
    seen=see saw=see understood=understand meant=mean fell=fall fallen=fall caught=catch thought=think taught=teach found=find hidden=hide \
    hid=hide paid=pay stuck=stick spoken=speak spoke=speak began=begin begun=begin left=leave stood=stand brought=bring came=come became=become \
    driven=drive drove=drive hit=hit forgot=forget forgotten=forget woken=wake sat=sit spent=spend read=read led=lead met=meet proven=prove \
    dying=die tying=tie lying=lie authority=authority authorities=authority permission=permission permissions=permission \
    important=important engineer=engineer engineers=engineer operator=operator operators=operator customer=customer customers=customer \
    container=container containers=container controller=controller controllers=controller organisation=organisation organization=organisation \
    handful=handful identical=identical identically=identical caller=caller callers=caller called=called universal=universal university=university";

/// Everyday words of five letters and more that are one slip away from a word of some field, and right as they stand.
const COMMON: &str = "about above across actual address after again against agent allow alone along already always among amount another \
    answer anything apart apply around asked aside avoid aware balance based basic basis because become before began begin behind being \
    believe below beside better between beyond black block board bound brain brake branch brand break brief bring broad broke broken brown build \
    built bunch carry catch cause center chain chair chance change charge cheap check chief child choice choose civil claim class clean clear climb \
    clock close cloud coach coast color common company concern contact contain content contest context continue contract control cost could count course court \
    cover craft crash create cross crowd current customer cycle daily damage death decide default defer define degree delay depend depth desert design \
    desire detail detect device dinner direct dirty dollar doubt draft drawn dream dress drink drive early earth easier either empty enemy enjoy enough enter \
    entire equal error event every exact except exist expand expect expense expert explain extend extra faced facts failed faith false fault favor fewer field fifth fight final finally \
    finish first fixed flash floor focus follow force forget formal former forth forward found frame fresh friend front fully funny further future general gentle giant \
    given glass global grand grant great green group grown guard guess guide habit handle happen happy hardly heart heavy hello hence honest horse hotel house human \
    ideal image imagine impact imply improve include income indeed inner input inside instead intend intent interest invite issue items itself joint judge keeps kinds knife known \
    large later laugh layer learn least leave legal lesson letter level light likely limit lines liked little lives local logic loose lower lucky lunch major maker manage manner \
    march market master match matter maybe means medal media member memory mental mention method metal middle might minor minute model modern modest moment money month moral mostly mount \
    mouse mouth movie music names nature nearly needed never newer night nobody noise normal north notice novel number object obvious occur offer office often older order other ought \
    outer output outside owner panel paper party pause peace people period person phase phone photo piece pilot place plain plane plant plate player please point posts pound power \
    press pretty prevent previous price pride prime print prior prize probe process profit proof proper proud prove public purpose quick quiet quite quote radio raise range rapid rather \
    reach react ready reason recall receive recent record reduce refer refuse regard region relate relax release remain remind remote remove repeat replace report request resort \
    rests result return reveal review right river rough round rural sales scale scene school scope score search second secret secure select sense serious serve service setup seven several \
    shade shake shape share sharp sheet shift shirt shock shoot shore short should shown sides sight silent simple since skill sleep slice slide slight slower small smart smile smooth \
    solid solve sorry sound source south space spare speak speed spend split sport spread staff stage stand start state station status steel steps stick still stock stone stood store \
    storm story strange stream street stress strike strong study stuff style subject submit success sudden suffer sugar suggest super supply support surely sweet swing system table taken \
    taste teach terms thank theft their theme there these thick thing think third those though thread threat three through throw tight times tired title today token tools topic total touch \
    tough toward tower track trade train trait treat trend trial tribe trick tried truck truly trust truth twice types uncle under union unique units until upper upset urban usage useful users using \
    usual value valid vague video visit vital voice waste watch water weigh wheel where which while white whole whose woman women world worry worse worst worth would wound write wrong wrote \
    yield young yours youth reject version vision decision division mission session section connect collect correct convert convince complete compete compare compose propose protect product project \
    provide produce promise perfect perform permit percent pattern partner particular passed passes pasted posted hosted tested rested listed lasted started stated rated dated tasted fasten hasten listen lesson \
    attack attach attend attempt action active affect effect affair afford effort accept access accident account accuse acquire adapt adopt advice advise assume assure ensure insure insert assert expert export \
    import impose expose oppose suppose dispose disclose enclose entries entirely increase decrease decease disease release lease please phrase practice practise principal principle personal personnel";

/// Maps every member of a class to its role; an unlisted word is [`Role::Content`].
static ROLES: LazyLock<HashMap<String, Role>> = LazyLock::new(|| {
    let classes = [
        (FUNCTION, Role::Function),
        (PRONOUN, Role::Pronoun),
        (PREPOSITION, Role::Preposition),
        (AUXILIARY, Role::Auxiliary),
        (COORDINATOR, Role::Coordinator),
        (CONJUNCTION, Role::Conjunction),
        (NEGATOR, Role::Negator),
    ];
    classes.iter().flat_map(|&(list, role)| list.split_whitespace().map(move |word| (text::fold(word), role))).collect()
});

static IRREGULARS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| IRREGULAR.split_whitespace().filter_map(|pair| pair.split_once('=')).collect());

static COMMON_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| COMMON.split_whitespace().collect());

/// The role of a folded word. Contractions in n't negate.
pub(crate) fn role(word: &str) -> Role {
    if word.ends_with("n't") {
        return Role::Negator;
    }
    ROLES.get(word).copied().unwrap_or(Role::Content)
}

/// The base of an irregular form, if `word` is one.
pub(crate) fn irregular(word: &str) -> Option<&'static str> {
    IRREGULARS.get(word).copied()
}

/// An everyday word, which is never taken for a typo of another.
pub(crate) fn is_common(word: &str) -> bool {
    let plain = |w: &str| COMMON_WORDS.contains(w) || role(w) != Role::Content || IRREGULARS.contains_key(w);
    plain(word)
        || VERB_FORMS.contains(word)
        || ["s", "es", "d", "ed", "ing", "ly", "er", "r"].iter().any(|end| word.strip_suffix(end).is_some_and(plain))
        || word.strip_suffix("ing").is_some_and(|base| plain(&format!("{base}e")))
}

/// Verb forms that are hardly ever nouns, so that they show that a list says something.
const VERBS: &str = "encrypts encrypt authenticates authenticate authorizes authorize handles handle carries carry sends send makes make uses use lets \
    provides provide gives give needs run runs checks check decides decide picks pick proves prove tells tell says say shows means mean start starts keep \
    keeps put puts add adds install installs switch switches move moves enforce enforces allow allows deny denies apply applies define defines identify \
    identifies verify verifies hide hides happens happen comes come look looks see sees sits sit tune manage manages renews renew rotates rotate issues signs \
    sign pushes push pulls pull intercepts intercept forwards forward replaces replace exposes expose opens open selects select splits split shifts shift \
    raise raises lower lowers watch watches compare compares find finds fix fixes avoid avoids reject rejects refuse refuses accept accepts validate validates \
    takes take keeps sees knows know wants want works work helps help gets enables enable configures configure injects inject generates generate collects \
    collect measures scrapes scrape reads writes talk talks speak speaks calls reach reaches leave leaves stay stays becomes become breaks break fails fail \
    hits kills kill wait waits tries try turn turns moved used uses restricts restrict protects protect secures";

static VERB_FORMS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| VERBS.split_whitespace().collect());

/// A verb form that is hardly ever a noun.
pub(crate) fn is_verb(word: &str) -> bool {
    VERB_FORMS.contains(word)
}
