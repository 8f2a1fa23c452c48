//! Given names that are rarely family names, in many languages.
//!
//! Facts for one question only: which end of "Duclos Jean-Claude" or "Paul Alpar" is the given name. So names that serve as both
//! ("Thomas", "Lee") matter little, and a gap in the list costs nothing where another name of the run is on it.
//! Compiled from lists of popular names by country that are in the public domain (CC0), and by hand.

use super::super::words::WordList;

/// In lower case, sorted by bytes, parted by blanks.
pub(super) static GIVEN: WordList = WordList::new(
    "\
aapo aaron abdallah abdelkader abdul abdullah abhijit abhinav abhishek abigail achim adam adama adele adil adin \
aditi aditya adnan adolf adolfo adrian adriana adrien adrienne agnes agnieszka agustina agustín ahmad ahmet aino aisha \
aitana aki akihiro akiko akira aksel akshat akshay alain alan alastair alberto aldo alec alejandro alekh aleks \
aleksandar aleksander aleksandr aleksandra aleksandre alessandra alessandro alessia alessio alex alexander alexandra \
alexandre alexandros alexandru alexei alexey alexis alfie alfio alfons alfonso alfred alfredo alice alicia alicja \
alikhan alina aline alinur alireza alisa alise alison alistair aliya alma alois althea alvin alysha amaia amal amanda \
ambra ambre ambuj amee amelia amin amina aminata amine amir amira amos amy ana anastasia anastasija anastasios \
anastasiya anders andre andrea andreas andreea andrei andrej andrew andrey andria andriy andrzej andrás andré andrés \
andy angel angela angelika angeliki angelina ani anil anita anja anju ankit ankur ann anna anne annette annie annika \
anoop anthony antoine anton antonella antoni antonino antonio antti antónio antônio anuj aoife aras aravind archie \
arden ari aria ariana arianna arie ariel arjun arman armand armando armen armin arnaud arne arno aron arpi artem \
arthur artiom artur arturo artyom arvind ashish ashok ashutosh ashwin asif asja asmita assia astrid asya athanasios \
atsushi attila audrey augusto aurora aurélie ava avi avigail avrim axel aya ayesha ayla aylin ayşe aïcha babak bambang \
barbara bart basil beatrice beatriz bei ben bence benedikt benedita benjamin benjamín benoît bernadette bernard \
bernardo bernd bernhard bert berthold beth bethwyn bettina betty bihari bilal biljana bin birgit björn bjørn blai bob \
bogdan boglárka bonnie bonny boris brad brahim braj brandon branislav brenda brendan brent brian brigitte bruce bruno \
bryan byron bärbel béla caleb calvin camila camille carl carla carles carlo carlos carmel carmen carol carole carolina \
caroline carolyn carsten catalina catherine catholijn cathy cecil cecilia cecília celeste celine cezary chad charbel \
charles charlie charlotte chelsea cheryl chester chiara chloe chloé cholticha chris christa christian christiane \
christina christine christof christoph christophe christopher christos chuck cillian claire clara clare claude claudia \
claudio claus clayton clemens cliff clive clyde colette colin concepción conor constantin constantine corinna cornelia \
cornelius cristian cristiano cristina csaba curt cynthia cyril cécile cédric césar daan dacheng dagmar daisuke daisy \
dalila damian damien damjan dana daniel daniela daniele danielle daniil danilo danna danny danylo daphna daphne daria \
dario darlene darren dave davi david davide dawei deborah debra deepak dejan denis denise dennis derek dezső dhruv \
diana diane didier diederik diedrich diego dieter dimitar dimitra dimitri dimitrios dimitris dirk dirmid djamel dmitri \
dmitriy dmitry dmytro doina dominic dominik dominique donald donna dora doris dorothea dorothy doug dov dragan dragana \
dragomir dunja dustin dušan dwight dyke dylan dániel dăng edit edith edmond edmund edoardo edouard edsger eduard \
eduardo edward edwin ehud eiji eileen eitan eithan ekaterina ekkehard elad elaine eleanor elena elene eleni eli elias \
elie elif elijah elinor elisa elisabeth elizabeth elizaveta eliška elke ella ellen ellie elliot elmar elnur elsa elza \
ema eman emanuel emanuele emil emile emilia emiliano emilie emilija emilio emily emine emir emma emmanuel enrico \
enrique eran erez erhard eric erica erich erik erika erin ernest ernesto erwin esperanza esteban esther ethan etienne \
eugene eugenio eugénie eunice eva evan evangelos eve evelina evelyn evert evgeny evie ewa eyal eytan ezekiel fabian \
fabien fabio fabrice fabrizio fadi fahd farida farzad fatemeh fatima fatma federico felipe felix ferdinand ferenc \
fernanda fernando fiadh filip filippo fiona flavia florence florent florian fran frances francesca francesco francis \
francisca francisco franciszek franck franco francois frank franois frans františek franz franziska françoise fred \
frederic frederick frederik fredrik freja freya frida fritz frossie frédéric furu fátima félix gabor gabriel gabriela \
gabriele gabriella gael gail galina gang gareth gary gaurav gauvin gavan gavin gayane gaël geert gene geneviève geoff \
geoffrey georg george georges georgi georgia georgios ger gerald geraldine gerard gerardo gerd gerhard germán gernot \
gerrit gert gerwin gerónimo gholamreza gianfranco gianluca gianna gideon gilles gillian giorgia giorgio giovanni \
gisela gita giulia giulio giuseppe gladys glenn gloria goran gordana gordon graeme grażyna greg gregor gregory \
greville grzegorz guadalupe gudrun guido guillaume guillem guillermo gunnar gunter guodong gustav gustavo gyula györgy \
gábor gérard göran günter günther haifeng haim hal hamed hamid hana hang hanna hannah hannelore hannes hans hansjakob \
haoran harald harimurti harko harold harriet harry hartmut haru hasan hasmik hassan hawa hayk heather hector heidi \
heike heiko heiner heinrich heinz heitor helen helena helga helma helmut hendrik heng henk henning henri henrik \
henrique henry henryk herbert hermann hervé hideaki hideki hilary hinrich hiro hiroaki hiroki hiroshi hiroyuki hitoshi \
holger holly hongkai hongyu hongyuan horace horst hossein hovhannes hubert hugh hugo hussein huy hwee hyun héctor \
hélène hüseyin iain ian ibai ibrahim ichiro ida ido ignacio igor ilana ildikó ilgar ilia ilija ilse ilya iman imogen \
imre indira ines inge inger ingo ingrid inès inés ioanna ioannis ion ira irene irina iris irmgard iryna isaac isabel \
isabella isabelle isak isidore isla istván itsuki iuri ivan ivana ives ivo jaakko jaap jacek jack jacob jacqueline \
jacques jade jae jaime jake jakob jakov jakub james jamie jan jana jane janet janice jared jaroslav jasmin jason \
javier jay jean jeanette jeanie jeff jeffrey jelena jendrik jennifer jens jeremy jeroen jerold jerome jerry jerzy \
jerónimo jesper jesse jessica jesús jiajun jialin jianfeng jiawei jie jill jim jimmy jingbo jiří joachim joakim joan \
joanna joanne joaquín jochen joe joel johan johann johanna johannes john jomi jon jonas jonathan jonathon joost jordi \
jorge joris jos jose josef josefa josep joseph josh joshua josiah josip josé jovan jovana joyce joão juan juana jude \
judea judit judith judy juha jules julia julian juliana juliane julie julien julieta juliette julio julius junjie jure \
jussi justin jános jérôme jónas józef józsef jörg júlia jürgen kabir kagan kai kaia kaija kaiming kamalika kamil karam \
karel karen karim karin karine karl karsten karthik kartik kashi kaswanti katalin katarzyna kate katerina katharina \
katherine kathleen kathryn kathy katia katie katja katrin kazimierz kazuhiro kazuo kees keisuke keith ken kenji \
kenneth kentaro keren kerstin kevin khaled khalid kiara kieran kiran kirsten kitty kjell klaus knut koby koen koichi \
koji konrad konstantin konstantina konstantinos kostas kosuke kris krishna kristen kristian kristin kristina kristine \
krzysztof ksenija kurt kwame kyle kyra kyriaki kyunghyun kálmán laddawan laia lajos lana lance larry lars laura lauren \
laurence laurent laurie layla lea leah leandro leanne leendert leila lejla lena lennart leo leon leonardo leonid \
leonor lesley leslie lev levente leyla lia liam lianne lidia lila lili lilit lillian lily lina linda lionel lior lisa \
lise livia liz ljiljana lois lorenza lorenzo lori lorna lorraine lothar louis louisa louise lovro loïc luana luc luca \
lucas lucia luciana luciano lucien lucía ludmila ludwig luigi luis luisa luise luiz lukas lukasz lukáš luís lydia lyle \
lyn lynette lynn lynne lászló léa léo léon lía maarten mabel maciej magdalena magnus maha mahesh mahmoud maite maja \
makoto maksim maksym malak malte manabu mandar manfred manish manoel manoj manolis manos manuel manuela marc marcel \
marcello marcelo marcia marcin marco marcos margaret margie margo mari maria mariam marian mariana marianna marianne \
marie marija marijn marilyn marina marine mario marion marios marius mariya marjorie mark markel marko markus marlene \
marlys marta martha martijn martin martina martine marvin marwa mary maryam marybeth maría masaaki masahiro masaki \
masao masashi masato masayoshi masayuki massimiliano massimo matej mateo mathias matija matilda matilde mats matt \
matteo matthew matthias matthieu matti mattia mattias matías maung maurice mauricio maurizio mauro max maxim maxime \
maximilian maximiliano maya maël małgorzata maša mechthild megan mehar mehdi mehmet mehryar melanie melina melissa \
meredith meriem mia michael michail michal michalis michał michele michelle michèle micklethwaite mieke miguel mihaela \
mihai mihail mihály mikael mikayel mike mikel mikhail mikko miklós mikołaj milan milena milica milind miloš mily mina \
ming minh mira mirella miriam mirjana mirko miroslav mohamed mohammad mohammed mohit mohsen mona monica monika morten \
moshe muhamad muhammad muhammed munindar muriel mustafa mykhaylo máté mía nada nader nadia naftali nagi nancy nando \
naoki naomi natalia natalie natalija nate nathalie nathan nathaniel natália neil nelio ngoc nguyên nicholas nick nico \
nicola nicolas nicole nicoletta nicolás niels nigel nik nika nikhil nikita niklas niklaus niko nikola nikolai nikolaos \
nikolas nikolaus nikolay nikos nilay nils nima nina nino nir nitin noa noah noam noel noemí nora norbert norval nuno \
nur nuray nuria nurislam nurul ofer ohad oisin oisín olaf olav ole oleg oleksandr oleksandra olga oliver olivia \
olivier omar omer omid omri ona ondrej ondřej oriol osamu oscar oskar osman oswin otto pablo padhraic pamela panagiota \
panagiotis paola paolo paraskevi pari partha pascal pascale pat patrice patricia patrick patrik patrícia paul paula \
pauline paulo pavel pawan pedro pekka penelope pengcheng pengfei penousal per percy petar peter petr petra petros \
petrus phil philip philipp philippe phillip phyllis piero pierre pieter pietro pilar pinar ping piotr polina pradeep \
pramod pranee prasert prashant prateek prem preslav pushpak puteri qiang qing quang quentin qun quoc rachel rachid \
rada rafael rafal raffaella raghu ragnar rahul raimund rainer rajeev rajesh rajiv rakesh ralf ralph ramakrishna \
ramazan ramona ramón randall randolph randy rania raphaël raquel rashad rasmus ratree raul rayana raymond razvan \
rebecca reem regina reginald reinhard reinhold remi renata renate renato rené reza ria ricardo riccardo richard rick \
rico riko rin rina rita rmi robert roberta roberto robyn rocco rod rodney rodolfo roel roger rohit roi roke roland \
rolf romain roman ron ronald ronan ronen roni ronja ronny rory rosamond rosemary rosie roxana ruben rudolf rui ruslan \
russ ruth ryo ryohei ryszard rémi rüdiger sabine sabrina sadao sakura saliha salikoko sally salma salomé salvatore sam \
samantha sameer sami samir samuel samy sandeep sandip sandra sandrine sandro sandy sanjay sanjeev sanjoy santosh saqib \
sara sarah sarat sarit sascha satinder satish satoshi saurabh sbastien scott sean sebastian sebastián sekou selim \
selma serena serge sergei sergej sergey sergio seth shai shail shaimaa shane sharon shaun shawn sheila shie shigeki \
shimon shinji shirley shlomo shobhana shuang shuming shuo siddharth siddhartha sidney siegfried sigrid silvan silvia \
silvio simon simona simone simão sina sita siti siva sivan siyuan soenjono sofia sofie sofija sofiya sofía solomiya \
somsak somsonge sonia sonja sophia sophie spyros sri sriram stacy stanislav stanisław stavros stefan stefania stefanie \
stefano stelios stella sten stephan stephanie stephen steve steven stratos stuart stéphane subhadeep sue suha sumit \
sunil sunita surajit suriya surya susan susana susanna susanne suwilai suzana suzanne svein sven svetlana sydney \
sylvain sylvia sylvie szymon sándor sára sébastien sérgio sören søren tadeusz takahiro takashi takayuki takeshi takuya \
talmy tamsin tamás tania tanja tanya tara tareq taro tasaku tatiana tatsuki tatsuya ted tej teodor teodora terence \
teresa tereza terje terrence terry tess thanh the theo theodor theodore theraphan theresa thi thiago thierry thilo \
thorsten théo thérèse tiago tianyu tiejun tigran tim timo timofey timothy tina tobias toby toivo tom tomas tomaso \
tomasz tomer tommaso tommi tomohiro tomás tomáš tony torben torsten toshio tou tove tracy travis trevor tri tristan \
trond trung tuan tuomas turki udo udom ugo ulf ulle ulrich ulrike umar umberto uri urs ursula uta ute uwe vadim \
valentin valentina valeria valerie valerio valery valter vanessa varun varvara vasileios vasiliki vasily vedant velma \
veronica veronika vesna vicente vichin victor victoria vijay vikas viktor viktoria viktoriya vincent vincenzo violeta \
viraj virginia vitaly vittoria vittorio vivek viviana vlad vladimir vladislav vojtěch volker volodymyr vugar vuk \
václav víctor văn wai walid walter wassim wayan wayne weihua weiwei wendy wenhao wentao werner wesley whye wilaiwan \
wilfrid wilfried wilhelm willem william willow wim winfred winfried wojciech wolfgang wolfram wortman wouter xavier \
xiangyu xiaodong xiaofeng xiaohua xiaohui xiaojun xiaoyu ximena xinyu xuanjing xudong xun yael yair yann yannick \
yannis yanyan yara yaron yasmin yasmine yehuda yejin yelena yeva yifan yifei yiming yishay yixin yoav yolanda yonatan \
yong yoram yoshua youssef yuchen yuji yuki yulia yuna yunfan yuri yuriy yusra yusuke yutaka yuval yves yvonne zachary \
zahra zainab zbigniew zdeněk zehra zeinab zeynep zhaopeng zhe zhen zhi zhiqiang zhiyuan zico zina zion zoe zofia \
zoltán zoran zoubin zoé zsuzsanna zuzanna zygmunt ádám ágnes álvaro ángel åke édouard éva ömer östen øystein þeþofi \
željko айзере айлин айсұлтан айша айым алдияр александар александр александра александър алексей али алинур алинұр \
алиса алихан алия амина амир ана анастасия андрей анна артём аруузат арууке асылым аяла билал бисера борис валерий \
варвара весна виктор виктория владимир габриела галина георги горан гордана давид дамјан даниел даниил дария дарија \
дејан димитър дмитрий драган драгана душан ева евгений екатерина елена елизавета зоран иван ивана игорь ирина йоана \
калоян лев лука людмила максим мария марија марк марко мартин матвей матеј медина мила милан милена милица милош \
мирјана михаил мухаммад мұхаммед наталья никол никола николай нурислам нұрислам олег ольга омар петар полина радмила \
рая раяна салиха сара сафия светлана сергей симона снежана софия софија стефан татьяна теодор томирис умар усман \
фатима хадича хана эмир юлия юрий јелена љиљана ",
);
