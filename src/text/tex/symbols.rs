//! The tables of commands that stand for one character: command and character in turn.

/// Commands of text mode.
pub(crate) const TEXT: &str = r#"
ss ß ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł i ı j ȷ dh ð DH Ð dj đ DJ Đ th þ TH Þ ng ŋ NG Ŋ SS ẞ ij ĳ IJ Ĳ
textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” lq ‘ rq ’ quotesinglbase ‚ quotedblbase „ glq ‚ grq ‘
glqq „ grqq “ flq ‹ frq › flqq « frqq » guillemotleft « guillemotright » guillemetleft « guillemetright » guilsinglleft ‹
guilsinglright › textquotedbl " textquotesingle ' textasciigrave ` textgravedbl ˵ textacutedbl ˝ dq "
textexclamdown ¡ textquestiondown ¿ textinterrobang ‽ textinterrobangdown ⸘ textellipsis … textbullet • textperiodcentered ·
textendash – textemdash — textthreequartersemdash ⸺ texttwelveudash ― textasteriskcentered ∗ textbar | textbardbl ‖ textbrokenbar ¦
textless < textgreater > textbackslash \ textbraceleft { textbraceright } lbrace { rbrace } textdollar $ textunderscore _
textasciitilde ~ textasciicircum ^ texttildelow ˷ textasciimacron ¯ textasciidieresis ¨ textasciiacute ´ textasciibreve ˘
textasciicaron ˇ S § P ¶ textsection § textparagraph ¶ textpilcrow ¶ copyright © textcopyright © textregistered ® circledR ®
textcopyleft 🄯 textcircledP ℗ texttrademark ™ textservicemark ℠ textdegree ° degree ° textordfeminine ª textordmasculine º
textmu µ textmicro µ perthousand ‰ textperthousand ‰ textpertenthousand ‱ textdiscount ⁒ textestimated ℮ textnumero №
textreferencemark ※ dag † ddag ‡ textdagger † textdaggerdbl ‡ dagger † ddagger ‡ textrecipe ℞ textmho ℧
pounds £ textsterling £ texteuro € euro € textyen ¥ yen ¥ textcent ¢ cent ¢ textcurrency ¤ textflorin ƒ textwon ₩ textdong ₫
textnaira ₦ textpeso ₱ textlira ₤ textcolonmonetary ₡ textbaht ฿ textguarani ₲ textrupee ₹
textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ² textthreesuperior ³ textfractionsolidus ⁄
textleftarrow ← textrightarrow → textuparrow ↑ textdownarrow ↓ textlnot ¬ textminus − textsurd √ textmusicalnote ♪ textborn ⋆
textdied ✝ textmarried ⚭ textdivorced ⚮ textleaf ❦ textbigcircle ◯ textopenbullet ◦ textblank ␢ textvisiblespace ␣ textlangle ⟨
textrangle ⟩ textlquill ⁅ textrquill ⁆ textlbrackdbl ⟦ textrbrackdbl ⟧ textdblhyphen ⹀ textcelsius ℃ textvertline ǀ
textglobrise ↗ textglobfall ↘ textblacksquare ■ textcheckmark ✓ cprime ʹ cdprime ʺ lasp ʾ rasp ʿ textain ʿ texthamza ʾ
textschwa ə textturna ɐ textscripta ɑ textturnscripta ɒ textbeta ꞵ textctc ɕ texthtd ɗ textrtaild ɖ textepsilon ɛ textreve ɘ
textrevepsilon ɜ textcloserevepsilon ɞ textg ɡ texthtg ɠ textscg ɢ textgamma ɣ textbabygamma ɤ textturnh ɥ texthth ɦ texththeng ɧ
textbari ɨ textiota ɩ textsci ɪ textltilde ɫ textbeltl ɬ textrtaill ɭ textlyoghlig ɮ textturnm ɯ textturnmrleg ɰ textltailm ɱ
textltailn ɲ textrtailn ɳ textscn ɴ textbaro ɵ textscoelig ɶ textcloseomega ɷ textphi ɸ textturnr ɹ textturnlonglegr ɺ
textturnrrtail ɻ textlonglegr ɼ textrtailr ɽ textfishhookr ɾ textscr ʀ textinvscr ʁ textrtails ʂ textesh ʃ texthtbardotlessj ʄ
textctesh ʆ textturnt ʇ textrtailt ʈ textbaru ʉ textupsilon ʊ textscriptv ʋ textturnv ʌ textturnw ʍ textturny ʎ textscy ʏ
textrtailz ʐ textctz ʑ textyogh ʒ textctyogh ʓ textglotstop ʔ textrevglotstop ʕ textinvglotstop ʖ textstretchc ʗ textbullseye ʘ
textscb ʙ textcloseepsilon ʚ texthtscg ʛ textsch ʜ textctj ʝ textturnk ʞ textscl ʟ texthtq ʠ textbarglotstop ʡ textbarrevglotstop ʢ
textdzlig ʣ textdyoghlig ʤ textdctzlig ʥ texttslig ʦ textteshlig ʧ texttctclig ʨ textcrb ƀ textcrh ħ textcrH Ħ textcrlambda ƛ
texthtb ɓ texthtc ƈ texthtk ƙ texthtp ƥ texthtt ƭ texthvlig ƕ textbarl ƚ textpipe ǀ textdoublepipe ǁ textdoublebarpipe ǂ
textesc ǃ textprimstress ˈ textsecstress ˌ textlengthmark ː texthalflength ˑ textrhookschwa ɚ textsuperscripth ʰ
textsuperscriptj ʲ textsuperscriptw ʷ textsuperscriptgamma ˠ texttesh ʧ textwynn ƿ textthorn þ textdong ₫ texteng ŋ textnrleg ƞ
textTstroke Ŧ texttstroke ŧ textGslash Ǥ textgslash ǥ textkra ĸ textlongs ſ texthbar ħ textHbar Ħ
texthvoiced ʱ textopeno ɔ textEreversed Ǝ textereversed ǝ textOpeno Ɔ textEopen Ɛ texteopen ɛ textEzh Ʒ textezh ʒ textHT Ƕ
CYRA А CYRB Б CYRV В CYRG Г CYRD Д CYRE Е CYRYO Ё CYRZH Ж CYRZ З CYRI И CYRISHRT Й CYRK К CYRL Л CYRM М CYRN Н CYRO О CYRP П
CYRR Р CYRS С CYRT Т CYRU У CYRF Ф CYRH Х CYRC Ц CYRCH Ч CYRSH Ш CYRSHCH Щ CYRHRDSN Ъ CYRERY Ы CYRSFTSN Ь CYREREV Э CYRYU Ю CYRYA Я
cyra а cyrb б cyrv в cyrg г cyrd д cyre е cyryo ё cyrzh ж cyrz з cyri и cyrishrt й cyrk к cyrl л cyrm м cyrn н cyro о cyrp п
cyrr р cyrs с cyrt т cyru у cyrf ф cyrh х cyrc ц cyrch ч cyrsh ш cyrshch щ cyrhrdsn ъ cyrery ы cyrsftsn ь cyrerev э cyryu ю cyrya я
CYRIE Є cyrie є CYRII І cyrii і CYRYI Ї cyryi ї CYRGUP Ґ cyrgup ґ CYRUSHRT Ў cyrushrt ў CYRJE Ј cyrje ј CYRLJE Љ cyrlje љ
CYRNJE Њ cyrnje њ CYRTSHE Ћ cyrtshe ћ CYRDZE Ѕ cyrdze ѕ CYRDZHE Џ cyrdzhe џ CYRDJE Ђ cyrdje ђ CYRYAT Ѣ cyryat ѣ CYRFITA Ѳ
cyrfita ѳ CYRIZH Ѵ cyrizh ѵ CYRBYUS Ѫ cyrbyus ѫ CYRGHCRS Ғ cyrghcrs ғ CYRZHDSC Җ cyrzhdsc җ CYRZDSC Ҙ cyrzdsc ҙ CYRKDSC Қ
cyrkdsc қ CYRNDSC Ң cyrndsc ң CYRSDSC Ҫ cyrsdsc ҫ CYRY Ү cyry ү CYRYHCRS Ұ cyryhcrs ұ CYRHDSC Ҳ cyrhdsc ҳ CYRCHRDSC Ҷ cyrchrdsc ҷ
CYRSHHA Һ cyrshha һ CYRSCHWA Ә cyrschwa ә CYROTLD Ө cyrotld ө CYRNG Ҥ cyrng ҥ CYRKHK Ӄ cyrkhk ӄ CYRNHK Ӈ cyrnhk ӈ CYRKBEAK Ҡ
cyrkbeak ҡ CYRKHCRS Ҟ cyrkhcrs ҟ CYRKVCRS Ҝ cyrkvcrs ҝ CYRAE Ӕ cyrae ӕ CYRABHDZE Ӡ cyrabhdze ӡ CYRABHHA Ҩ cyrabhha ҩ
CYRABHCH Ҽ cyrabhch ҽ CYRABHCHDSC Ҿ cyrabhchdsc ҿ CYRPHK Ҧ cyrphk ҧ CYRTDSC Ҭ cyrtdsc ҭ CYRTETSE Ҵ cyrtetse ҵ CYRGHK Ҕ cyrghk ҕ
CYRCHVCRS Ҹ cyrchvcrs ҹ CYRCHLDSC Ӌ cyrchldsc ӌ CYRLDSC Ԓ cyrldsc ԓ CYRLHK Ԓ CYRpalochka Ӏ cyrpalochka ӏ CYRSEMISFTSN Ҍ
cyrsemisftsn ҍ CYRRTICK Ҏ cyrrtick ҏ
textAlpha Α textBeta Β textGamma Γ textDelta Δ textEpsilon Ε textZeta Ζ textEta Η textTheta Θ textIota Ι textKappa Κ textLambda Λ
textMu Μ textNu Ν textXi Ξ textOmicron Ο textPi Π textRho Ρ textSigma Σ textTau Τ textUpsilon Υ textPhi Φ textChi Χ textPsi Ψ
textOmega Ω textalpha α textdelta δ textzeta ζ texteta η texttheta θ textkappa κ textlambda λ textmugreek μ textnu ν textxi ξ
textomicron ο textpi π textrho ρ textsigma σ textvarsigma ς texttau τ textchi χ textpsi ψ textomega ω textgreeksigma σ
ditto ″ male ♂ female ♀ checkmark ✓ textreferencemark ※ phone ☎ telephone ☎ leftmoon ☾ rightmoon ☽ sun ☼ mercury ☿ earth ♁ mars ♂
jupiter ♃ saturn ♄ uranus ♅ neptune ♆ pluto ♇ aries ♈ taurus ♉ gemini ♊ cancer ♋ leo ♌ virgo ♍ libra ♎ scorpio ♏ sagittarius ♐
capricornus ♑ aquarius ♒ pisces ♓ recycle ♻ biohazard ☣ radiation ☢ smiley ☺ frownie ☹ blacksmiley ☻ eighthnote ♪ quarternote ♩
twonotes ♫ skull ☠ Cross ✝ fourth ⁗ crossmark ✗ smallpencil ✎
"#;

/// Commands of math mode.
pub(crate) const MATH: &str = "
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ
omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ
Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
times × div ÷ pm ± mp ∓ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖
wr ≀ diamond ⋄ bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ oplus ⊕ ominus ⊖ otimes ⊗
oslash ⊘ odot ⊙ bigcirc ◯ amalg ⨿ dotplus ∔ smallsetminus ∖ Cap ⋒ Cup ⋓ barwedge ⊼ veebar ⊻ doublebarwedge ⩞ boxminus ⊟ boxtimes ⊠
boxdot ⊡ boxplus ⊞ divideontimes ⋇ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌ curlywedge ⋏ curlyvee ⋎ circleddash ⊝
circledast ⊛ circledcirc ⊚ centerdot · intercal ⊺
leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ prec ≺ succ ≻ preceq ⪯ succeq ⪰ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ sqsubset ⊏
sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ in ∈ ni ∋ owns ∋ notin ∉ vdash ⊢ dashv ⊣ models ⊨ perp ⟂ mid ∣ parallel ∥ bowtie ⋈ Join ⨝ smile ⌣
frown ⌢ sim ∼ simeq ≃ asymp ≍ approx ≈ cong ≅ equiv ≡ propto ∝ doteq ≐ leqq ≦ geqq ≧ leqslant ⩽ geqslant ⩾ eqslantless ⪕
eqslantgtr ⪖ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ approxeq ≊ lessdot ⋖ gtrdot ⋗ lll ⋘ ggg ⋙ lessgtr ≶ gtrless ≷ lesseqgtr ⋚
gtreqless ⋛ doteqdot ≑ Doteq ≑ risingdotseq ≓ fallingdotseq ≒ backsim ∽ backsimeq ⋍ subseteqq ⫅ supseteqq ⫆ Subset ⋐ Supset ⋑
preccurlyeq ≼ succcurlyeq ≽ curlyeqprec ⋞ curlyeqsucc ⋟ precsim ≾ succsim ≿ precapprox ⪷ succapprox ⪸ vDash ⊨ Vdash ⊩ Vvdash ⊪
shortmid ∣ shortparallel ∥ bumpeq ≏ Bumpeq ≎ circeq ≗ eqcirc ≖ triangleq ≜ thicksim ∼ thickapprox ≈ between ≬ pitchfork ⋔
varpropto ∝ blacktriangleleft ◀ blacktriangleright ▶ therefore ∴ because ∵ backepsilon ϶ vartriangleleft ⊲ vartriangleright ⊳
trianglelefteq ⊴ trianglerighteq ⊵ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩ lnsim ⋦ gnsim ⋧ nprec ⊀ nsucc ⊁
precnsim ⋨ succnsim ⋩ nsim ≁ ncong ≇ nmid ∤ nparallel ∦ nvdash ⊬ nvDash ⊭ nVdash ⊮ nVDash ⊯ ntriangleleft ⋪ ntriangleright ⋫
ntrianglelefteq ⋬ ntrianglerighteq ⋭ nsubseteq ⊈ nsupseteq ⊉ subsetneq ⊊ supsetneq ⊋ subsetneqq ⫋ supsetneqq ⫌ coloneqq ≔ eqqcolon ≕
leftarrow ← gets ← rightarrow → to → leftrightarrow ↔ Leftarrow ⇐ Rightarrow ⇒ Leftrightarrow ⇔ uparrow ↑ downarrow ↓ updownarrow ↕
Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ mapsto ↦ longmapsto ⟼ hookleftarrow ↩ hookrightarrow ↪ leftharpoonup ↼ leftharpoondown ↽
rightharpoonup ⇀ rightharpoondown ⇁ rightleftharpoons ⇌ leftrightharpoons ⇋ longleftarrow ⟵ longrightarrow ⟶ longleftrightarrow ⟷
Longleftarrow ⟸ Longrightarrow ⟹ Longleftrightarrow ⟺ iff ⟺ implies ⟹ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ leadsto ⇝
leftleftarrows ⇇ rightrightarrows ⇉ leftrightarrows ⇆ rightleftarrows ⇄ Lleftarrow ⇚ Rrightarrow ⇛ twoheadleftarrow ↞
twoheadrightarrow ↠ leftarrowtail ↢ rightarrowtail ↣ looparrowleft ↫ looparrowright ↬ curvearrowleft ↶ curvearrowright ↷
circlearrowleft ↺ circlearrowright ↻ Lsh ↰ Rsh ↱ upuparrows ⇈ downdownarrows ⇊ upharpoonleft ↿ upharpoonright ↾ restriction ↾
downharpoonleft ⇃ downharpoonright ⇂ multimap ⊸ leftrightsquigarrow ↭ rightsquigarrow ⇝ nleftarrow ↚ nrightarrow ↛ nLeftarrow ⇍
nRightarrow ⇏ nleftrightarrow ↮ nLeftrightarrow ⇎ dashrightarrow ⇢ dashleftarrow ⇠
sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcap ⋂ bigcup ⋃ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigodot ⨀ bigotimes ⨂ bigoplus ⨁
biguplus ⨄
infty ∞ nabla ∇ partial ∂ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡
sphericalangle ∢ triangle △ square □ Box □ blacksquare ■ lozenge ◊ blacklozenge ⧫ bigstar ★ Diamond ◇ diamondsuit ♢ heartsuit ♡
clubsuit ♣ spadesuit ♠ flat ♭ natural ♮ sharp ♯ aleph ℵ beth ℶ gimel ℷ daleth ℸ hbar ℏ hslash ℏ ell ℓ wp ℘ Re ℜ Im ℑ mho ℧ imath ı
jmath ȷ complement ∁ eth ð Finv Ⅎ Game ⅁ Bbbk 𝕜 prime ′ backprime ‵ surd √ backslash ∖ diagup ╱ diagdown ╲ circledS Ⓢ
vartriangle △ triangledown ▽ blacktriangle ▲ blacktriangledown ▼ maltese ✠ cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ dotsm ⋯ colon :
langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lgroup ⟮ rgroup ⟯ ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ Vert ‖ vert |
llbracket ⟦ rrbracket ⟧ lvert | rvert | lVert ‖ rVert ‖
smallint ∫ trianglelines △ wasylozenge ⌑ apprge ≳ apprle ≲ Lbag ⟅ Rbag ⟆ varhexagon ⬡ hexagon ⎔ pentagon ⬠ octagon ⯃ LHD ◀ RHD ▶
lightning ↯ Mundus 🜨 leftslice ⪦ rightslice ⪧ ovee ⩢ owedge ⩠ boxslash ⧄ boxbslash ⧅ boxcircle ⧇ boxbox ⧈ merge ⩇ interleave ⫴
sslash ⫽ fatsemi ⨟ bindnasrepma ⅋ invneg ⌐ Yup ⅄ upsilonup υ
";
