/// The words of which the sandbox's world is made.
///
/// They are short and few on purpose: the vocabulary has only 512 tokens. Every trade, tool and animal begins
/// with a consonant sound, so that "a" stands before each of them.
enum Lexicon {
    static let women = [
        "Ada", "Cora", "Ella", "Greta", "Ida", "Kate", "Mira", "Olga", "Rosa", "Tess", "Una", "Vera",
    ]
    static let men = [
        "Ben", "Dan", "Finn", "Hugo", "Jon", "Leo", "Max", "Ned", "Otto", "Paul", "Sam", "Tom",
    ]
    static let towns = [
        "Ashfield", "Birchfield", "Cloverhill", "Dunhill", "Elmbrook", "Fernbrook",
        "Larkfield", "Millbrook", "Oakhill", "Reedbrook", "Sandhill", "Thornfield",
    ]
    static let rivers = [
        "Arrow", "Bell", "Dove", "Ember", "Finch", "Gale", "Hazel", "Merrow", "Otter", "Silver", "Wend",
        "Yarrow",
    ]
    static let landmarks = [
        "old stone bridge", "tall clock tower", "big red house", "round well", "white windmill", "stone gate",
        "bell tower", "green chapel", "long wall", "blue fountain", "great oak tree", "iron statue",
    ]
    static let produce = [
        "apples", "plums", "pears", "honey", "cheese", "wool", "beans", "onions", "salt", "wheat", "mint",
        "nuts",
    ]
    static let foods = [
        "apple pie", "bean soup", "plum jam", "fish stew", "oat cake", "onion soup", "pear tart",
        "honey cake",
        "cheese bread", "nut loaf", "hot porridge", "fresh bread",
    ]
    /// What is shared at one meal; never a favorite, so that one fact cannot pass for the other.
    static let meals = [
        "roast duck", "baked fish", "corn cakes", "potato salad", "egg noodles", "cold ham", "lentil stew",
        "mushroom rice",
    ]
    static let animals = ["cat", "dog", "hen", "goat", "duck", "pony", "rabbit", "goose"]
    static let animalColors = ["grey", "black", "white", "brown", "red"]
    static let animalNames = [
        "Pip", "Dot", "Moss", "Bean", "Fig", "Tilly", "Bolt", "Nut", "Soot", "Daisy", "Button", "Star",
    ]
    static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    static let seasons = ["spring", "summer", "autumn", "winter"]
    static let weathers = ["rain", "wind", "fog", "sun", "frost", "snow"]
    static let smallNumbers = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
    ]
    static let lostThings = ["hat", "key", "ring", "coat", "basket", "book", "lamp", "purse"]
    static let places = ["mill", "well", "bridge", "barn", "school", "market", "pond", "gate"]
    /// Where a market is moved to, and why.
    static let marketPlaces = ["barn", "mill", "school", "church", "hall", "inn"]
    static let marketReasons = ["storm", "flood", "parade", "wedding"]
    static let contests = ["boat race", "foot race", "pie contest", "singing contest", "pony race"]

    static let trades = [
        Trade(name: "baker", workplace: "bakery", tool: "rolling pin", goods: "loaves"),
        Trade(name: "smith", workplace: "forge", tool: "hammer", goods: "nails"),
        Trade(name: "tailor", workplace: "sewing room", tool: "needle", goods: "coats"),
        Trade(name: "farmer", workplace: "fields", tool: "plough", goods: "eggs"),
        Trade(name: "fisher", workplace: "harbor", tool: "net", goods: "fish"),
        Trade(name: "carpenter", workplace: "wood shop", tool: "saw", goods: "chairs"),
        Trade(name: "potter", workplace: "clay shed", tool: "wheel", goods: "bowls"),
        Trade(name: "gardener", workplace: "garden", tool: "rake", goods: "roses"),
        Trade(name: "cook", workplace: "kitchen", tool: "pan", goods: "pies"),
        Trade(name: "painter", workplace: "studio", tool: "brush", goods: "signs"),
        Trade(name: "weaver", workplace: "loom house", tool: "loom", goods: "rugs"),
        Trade(name: "beekeeper", workplace: "orchard", tool: "smoker", goods: "candles"),
    ]
}

/// What a person does for a living, and what belongs to it.
struct Trade: Hashable {
    let name: String
    let workplace: String
    let tool: String
    /// What is sold, countable and in the plural.
    let goods: String
}
