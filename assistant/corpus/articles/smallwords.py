"""Owns lists of small words in the languages read most here. It does not own what is made of them.

English, Spanish, French, German, Portuguese, Russian, Ukrainian, Turkish, Azerbaijani, Arabic and Persian, as far as they are found with a list.
"""

from __future__ import annotations

FUNCTION_WORDS = """
about after also because been before being between both could does doing during each even every first from have having here into itself
just know like made make many more most much must need only other others over said same says should since some still such take than that
their them then there these they thing this those through time under until upon very want well were what when where which while whom whose
will with within without would year years your yours people ahora algo ante antes aquel aunque cada como cual cuando desde donde dónde
durante ella ellos entre eran esta está están estaba este esto estos fueron hace hacer hacia hasta había menos mientras mismo mucho muchos
nada otra otro otros para pero poco porque puede pueden qué quien según sido sino sobre solo sólo también tanto tiene tienen toda todo
todos tras unos usted vez años ainsi alors après aucun aussi autre autres avant avec avoir cela celle celui ceux cette chaque comme dans
depuis deux dont elle elles encore être était étaient fait faire leur leurs lors mais même moins notre nous parce peut peuvent plus pour
pouvez quand quel quelle sans sera ses sont sous tous tout toute toutes très votre vous ans aber alle allem allen aller alles andere
anderen auch beim bereits bzw dann dass deine denen deren dessen diese diesem diesen dieser dieses doch dort durch eine einem einen einer
eines etwa euch gibt haben hatte hatten ihnen ihre ihrem ihren ihrer immer jede jeden jeder jedoch kann kein keine können könnten mehr
mein meine müssen nach nicht noch nachdem oder ohne schon sehr sein seine seinem seinen seiner selbst sich sind soll sollte sowie über
unter viele vom waren wenn werden weil welche welcher wieder wird wurde wurden zum zwischen pela pelo pelos quando quem também estão foram
isso isto essa esse seus suas então muito были было быть вами ведь весь всегда всего всех вы где даже для если есть когда которая которого
которой которое которые который которых кроме может могут много можно надо нами него неё нибудь несколько однако один она они очень перед
под после потом потому почти при свои своего своей своих себя сейчас сказал сказала также такая такие такой там тебя тем теперь только
того тоже чего через что чтобы эта эти этих это этого этой этом этот время года году були було бути вони вона воно все всіх дуже його йому
якщо якого якої яка який яких якій коли може можуть можна після також тому тільки цей цього цьому цієї чи щоб щодо або інших інші під час
ancak bana bazı beni biri birçok böyle bunu bunun çünkü daha diye eden etti fakat gibi göre hatta hem için kadar kendi ki nasıl neden
nedir olan olarak oldu olduğu olması onlar onun sadece sonra şekilde tarafından üzere var veya yani yıl zaman değil amma belə bəzi bizim
bütün dedi edir görə həm hər idi ilə kimi necə olaraq onların ötrü üçün vaxt yalnız أيضا إلى التي الذي الذين هذا هذه ذلك تلك هناك كانت كان
عند عندما على لأن لكن منذ يمكن يكون بعد قبل بين حيث خلال مثل غير أكثر است این آنها برای بود بودند باید خود دارد داشت شده شود کرد کرده کند
کنند مورد هستند همچنین وقتی یکی پس
"""
"""Words of four letters and more that tell nothing of what a text is about."""

SHORT_WORDS = """
a an and are as at be but by can did do for go had has he her him his how i if in is it its let may me my no nor not now of off oh ok on
one or our out own per she so the to too two us was way we who why yes yet you all any el la lo los las un una de del en es si su sus se
al por con le les des du et ou une au aux ce ne pas qui que der die das den dem ein ist im am zu zum auf für mit von vor bei bis wir sie
ihr er ich und um ob wo wie wer nur на не но он мы вы я и а о об от до за из по как что это их её его для ось де та ви ми є у в з bu şu o
ve ya da bir biz siz ben sen ki hər mən sən
"""
"""Words of fewer letters that are no names, though they stand with a capital at the start of a sentence."""

LEANING_WORDS = """
he she they it his her their its him them this that these those but however and or so also moreover furthermore then still yet thus
therefore meanwhile instead another others both such finally later afterwards nevertheless because while although luckily recently now
here there él ella ellos ellas su sus este esta esto ese esa estos pero sin además también entonces luego así aunque porque mientras sino
il elle ils elles son sa ses leur leurs ce cette ces cela mais cependant puis aussi ensuite donc toutefois ainsi er sie sein seine ihr
ihre dieser diese dieses dies aber jedoch und auch dann doch außerdem deshalb danach dabei dort zudem allerdings он она они оно его её ее
их это этот эта эти но однако и также затем потом поэтому кроме тогда там так а він вона вони воно його її їх це цей ця ці але однак проте
і й також потім тому крім тоді та o onlar bu bunlar onun onların ama ancak fakat ayrıca sonra bunun böylece ve de amma lakin həmçinin həm
bundan ona هو هي هم هذا هذه ذلك تلك لكن ولكن كما ثم أيضا وقد وفي او این آن آنها اما همچنین سپس و
"""
"""Words that open a paragraph which goes on with what was said before."""
