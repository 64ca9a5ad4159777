/// A law of the sandbox's world: whenever the cause happens, the effect follows.
///
/// In a clause, `{S}` is the person ("Mira" or "She") and `{h}` is "her" or "his"; a rule without `{S}` is
/// about things. Two rules that share a topic are never set against each other, because the one's
/// cause might bring about the other's effect.
struct CauseRule {
    let topics: Set<String>
    let cause: String
    let effect: String

    init(_ topics: Set<String>, _ cause: String, _ effect: String) {
        self.topics = topics
        self.cause = cause
        self.effect = effect
    }

    /// Rules about one person.
    static let personal: [CauseRule] = [
        CauseRule(["cold"], "{S} left {h} coat at home in the snow.", "{S} shivered all the way."),
        CauseRule(["food"], "{S} ate nothing all day.", "{S} was very hungry at night."),
        CauseRule(["food", "sleep"], "{S} ate three bowls of stew.", "{S} was too full for cake."),
        CauseRule(["food"], "{S} ate very salty fish.", "{S} drank two cups of water."),
        CauseRule(["sleep"], "{S} worked all night.", "{S} fell asleep at noon."),
        CauseRule(["wet", "cold", "travel"], "{S} fell into the river.", "{S} came home with wet clothes."),
        CauseRule(["wet"], "{S} heard rain on the roof.", "{S} took an umbrella."),
        CauseRule(["hurt"], "{S} hit {h} thumb with a hammer.", "{S} cried out in pain."),
        CauseRule(["hurt", "food"], "{S} touched the hot oven.", "{S} had a burned hand."),
        CauseRule(["money"], "{S} broke {h} old saw.", "{S} bought a new saw."),
        CauseRule(["money"], "{S} sold all the coats in the shop.", "{S} came home with a full purse."),
        CauseRule(["money", "loss", "travel"], "{S} lost {h} purse.", "{S} could not pay for the bread."),
        CauseRule(["travel", "sleep", "food"], "{S} ran up the hill every day.", "{S} won the foot race."),
        CauseRule(["friend", "food"], "{S} gave a friend a cake.", "{S} got a jar of jam in return."),
        CauseRule(["friend"], "{S} got a letter from a friend.", "{S} wrote a long answer."),
        CauseRule(["sleep"], "{S} could not see in the dark room.", "{S} lit a lamp."),
        CauseRule(["loss", "house"], "{S} lost the key to the house.", "{S} climbed in by the window."),
        CauseRule(["garden", "wet", "travel"], "{S} dug in the wet garden.", "{S} had mud on {h} boots."),
        CauseRule(["school"], "{S} wanted to learn to read.", "{S} went to school."),
        CauseRule(["garden", "hurt"], "{S} kicked the beehive.", "{S} ran away from the bees."),
        CauseRule(
            ["food", "loss"], "{S} dropped a piece of meat.", "{S} saw the dog run off with the meat."),
        CauseRule(["food"], "{S} forgot the bread in the oven.", "{S} took out a black loaf."),
        CauseRule(["food"], "{S} put too much salt in the soup.", "{S} poured the soup away."),
        CauseRule(["garden"], "{S} gave the roses water every day.", "{S} had a garden full of roses."),
        CauseRule(["garden", "food"], "{S} gave the beans no water.", "{S} found dry beans in the field."),
        CauseRule(["food", "boat"], "{S} mended the hole in the net.", "{S} caught a lot of fish."),
        CauseRule(["boat", "wet", "cold"], "{S} saw a hole in the boat.", "{S} stayed on the shore."),
        CauseRule(["song", "money"], "{S} sang well at the feast.", "{S} had to sing one more song."),
        CauseRule(["hurt", "food"], "{S} bit on a cherry stone.", "{S} had a sore tooth."),
        CauseRule(["travel", "loss"], "{S} missed the last cart.", "{S} had to walk home."),
        CauseRule(["sleep", "hurt", "friend"], "{S} shouted in the night.", "{S} woke the whole street."),
        CauseRule(["cold", "sleep", "hurt"], "{S} caught a bad cold.", "{S} stayed in bed for a week."),
        CauseRule(["hair"], "{S} had very long hair.", "{S} asked for a haircut."),
        CauseRule(["cold", "travel", "money"], "{S} had holes in {h} shoes.", "{S} paid for new shoes."),
        CauseRule(["friend", "money"], "{S} told a lie.", "{S} lost the trust of {h} friends."),
        CauseRule(["house"], "{S} painted the door green.", "{S} had green spots on {h} hands."),
        CauseRule(["house"], "{S} left the door open all day.", "{S} found a goose in the kitchen."),
        CauseRule(["book"], "{S} liked the first page of the book.", "{S} read the book to the end."),
    ]

    /// Rules about things.
    static let impersonal: [CauseRule] = [
        CauseRule(["weather"], "The sun shone on the snow.", "The snow melted."),
        CauseRule(["weather"], "The night was very cold.", "The pond froze."),
        CauseRule(["weather"], "It rained for a whole week.", "The river rose over its banks."),
        CauseRule(["weather"], "No rain fell all summer.", "The well ran dry."),
        CauseRule(["weather"], "A strong wind blew.", "The clothes flew off the line."),
        CauseRule(["weather"], "The roof had a hole.", "Water dripped on the floor."),
        CauseRule(["weather"], "The window was left open.", "The candle went out."),
        CauseRule(["weather"], "The tree was shaken hard.", "The apples fell to the ground."),
        CauseRule(["weather"], "The boat had a hole.", "The boat sank."),
        CauseRule(["weather"], "The seeds got sun and water.", "The seeds grew into tall plants."),
        CauseRule(["weather"], "The fields were full of flowers.", "The bees made a lot of honey."),
        CauseRule(["weather", "fire"], "Lightning struck the old barn.", "The barn burned down."),
        CauseRule(["weather"], "The glass fell on the stones.", "The glass broke."),
        CauseRule(["weather"], "The milk stood in the sun.", "The milk turned sour."),
        CauseRule(["weather", "road"], "The old bridge fell down.", "The carts had to go around."),
        CauseRule(["fire"], "The oven was too hot.", "The bread burned."),
        CauseRule(["cat", "food"], "The cat left the barn.", "The mice ate all the corn."),
        CauseRule(["cat"], "The cat saw a mouse.", "The cat jumped off the chair."),
        CauseRule(["gate", "noise"], "A stranger came to the gate.", "The dog barked."),
        CauseRule(["gate", "road"], "The gate was left open.", "The goats ran into the road."),
        CauseRule(["bell", "noise"], "The school bell rang.", "The children ran to class."),
        CauseRule(["road"], "The cart lost a wheel.", "The cart stopped in the road."),
        CauseRule(["food", "fire"], "The pot boiled over.", "Soup ran down the stove."),
        CauseRule(["hen"], "The hen sat on six eggs.", "Six chicks came out of the eggs."),
        CauseRule(["play", "noise"], "The play was very funny.", "The crowd laughed."),
        CauseRule(["kitchen"], "The knife was not sharp.", "The cook could not cut the onion."),
        CauseRule(["road", "horse"], "The pony was very tired.", "The pony lay down in the barn."),
        CauseRule(["noise", "food"], "The baby was hungry.", "The baby cried."),
        CauseRule(
            ["feast", "noise", "play"], "There was a feast in the hall.", "The street was full of music."),
    ]
}
