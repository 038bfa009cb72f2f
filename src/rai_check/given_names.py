"""Given names that are usual in the United Kingdom, and words that are usual in headings.

The names are from the yearly lists of the Office for National Statistics and National Records of
Scotland, over the generations that councils serve, without those that are also words of headings
or places (Grace, Mark, May, Grant, Chelsea). A short list: it misses many.
"""

_NAMES = """
aaliyah aaron abbie abdul abdullah abigail adam adebayo adrian ahmed aidan aisha aishah alan
alastair albert alejandro aleksandra alesha alex alexander alexandra alfie ali alice alicia
alison alistair amanda amelia amina aminah amir amira amirah amit amy ana andre andrea andrei
andrew andrzej angela angus anita anjali ann anna anne annie anthony antonio anya archie arjun
arthur arun asha ashley ava ayaan ayesha barbara beatrice ben benjamin bernadette bethan
bethany beverley bilal blessing brandon brenda brian bronwen callum cameron carol carole
caroline carys catherine catriona ceri charles charlie charlotte cheryl chidi chinedu chloe
chris christina christine christopher ciara claire clare colin connor courtney craig daisy
daniel danielle darren david deborah declan deepak denise dennis derek diana diane dmitri
dominic donna doreen dorothy douglas duncan dylan eamonn edith edward edwin eileen eilidh elaine
eleanor elena elizabeth ella ellie elliott elsie emeka emily emma emmanuel eric ethan eva evelyn
evie ewan faisal farah fatima fatimah fatma fergus fiona florence frances francesca freddie
frederick freya gabriel gareth gary gavin gemma geoffrey george georgia gerald geraldine ghulam
gillian giuseppe gordon graham gwen hamza hannah harriet harrison harry harvey hassan heather
helen henry hilary holly hugh hussain hussein iain ian ibrahim imran ines ioana irene isaac
isabel isabella isabelle isla ivan iwan jack jacob jacqueline jake jakub james jamie jane
janet janice jasmine jason jayden jean jeffrey jennifer jeremy jessica jill joan joanna joanne
jodie joe joel john jonathan jordan joseph josephine joshua joyce juan judith julia julian julie
justin kai karen karolina kasia katarzyna kate katherine kathleen kathryn katie kayleigh keith
kelly kenneth kerry kevin khadija khadijah khalid kieran kiran kirsty krishna krzysztof kwame
kyle laura lauren layla leah leanne leila leo leon lesley leslie lewis liam lily linda lindsay
lisa logan louis louise luca lucas lucy luke lydia lynn lynne magdalena mahmoud malcolm
malgorzata marcin margaret maria mariam marian marie marion marjorie martin maryam mary mateusz
matilda matthew maureen mehmet megan mercy mia michael michal michelle mohamed mohammad
mohammed molly monika morag moira muhammad mustafa myra naomi natalie natasha nathan neil
niamh nicholas nicola nigel nikhil noah nokuthula nora norah norman nusrat oksana olena olga
oliver olivia ollie olumide omar oscar osman owen pamela parveen patricia patrick paul
paula pauline pawel penelope peter philip philippa phoebe piotr pooja poppy priya rachael rachel
rahul raj rajesh ramona ravi raymond rebecca rhiannon rhys richard rita robert roberta roger
ronald rory rosemary rosie ross roy ruth ryan saba sadia saira salma samantha samina samir
samuel sandra sanjay sara sarah scott sean sebastian shabnam shannon sharon shaun sheila shirley
shreya siobhan sian simon simran sinead siobhain sofia sonia sophia sophie stephanie stephen
steven stuart sunil sunita susan suzanne svetlana sylvia tamsin tanya tariq taylor teresa theo
theodore theresa thomas tia tiffany timothy toby tomasz tracey tracy trevor tyler usman
valerie vanessa vera veronica victoria vikram vincent vivek wendy wayne wiktoria william
winifred yasmin yasmine yolanda yusuf yvonne zac zach zachary zahra zainab zara zeynep zoe
zofia zuzanna
"""

_WORDS = """
a about absence accepted accommodation active activity address adult after age agency agreed
all allocated allowance amount and annual appeal applicant application approved area arrears
assessed assessment at attendance authority average award background balance band based bedroom
bedrooms before benefit benefits birth blue borough broad budget by calculated callback care
carer case caseload cases category census centre change characteristic child children
citizenship class client closed closure code codes comment comments community completed
condition contact cost council count country current customer data date day days deadline death
debt decile decided decision declared dependant dependants deprivation description destination
detail details diagnosis disability disabled district duration duty education eligible
employment end english entry error estate ethnic ethnicity event evidence exclusion expected
facility faith family fee field final first flag for forename free from full funding gender
given grade grant group groups has head health help high home homeless hours household housing
id identity import in income index indicator information initial is issue key label language
last late latest law length level line list local location looked low lower main manager marital
maximum mean means median meals medical minimum model month monthly name nationality need needs
new next no note notes notice number of offer office officer old on open opened option or order
organisation orientation other out outcome output owner paid panel parent partner party
payment pension per percent percentage period person phone plan points policy population
position postcode predicted prediction pregnancy preference previous primary priority process
property provider pupil pupils purpose quarter question quintile rank rate reason received
record records ref reference referral referrals referred region register reject rejected
religion relationship removed rent report request required residence resident response result
results review risk role room row rural sample school score second secondary section sector
sent service sex sheet site size social source special staff stage start state status step
street student sub subject submitted summary support surname system table target team tenancy
tenure term test text the time title to today tool total town transport type unique unit
updated upper urban urgency use user value vehicle version view visit visits volume wait waiting
ward week weekly weight with written year years yes young
"""

GIVEN_NAMES = frozenset(_NAMES.split())
HEADING_WORDS = frozenset(_WORDS.split())
"""Words that next to another in title case speak for a heading, not for a person."""
