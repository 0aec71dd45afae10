using System.CommandLine;

RootCommand root = new("Lob.Fast: order books that are proven right, from the raw messages of five exchanges.");
return root.Parse(args).Invoke();
