"""Tables of common given names and surnames by culture, from which invented people are put together.

Typed from general knowledge and ordered by how common a name is; a name is drawn with a weight that falls with its
place, because name collisions must be as frequent as they are in life: they decide how often an innocent namesake is
stopped. Spellings are those of the Latin alphabet with their accents; `VARIANTS` lists what other offices make of the
same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random

#: How fast a name's share falls with its rank (rank ** -SKEW); national statistics lie between 0.6 and 0.9.
SKEW = 0.75


@dataclass(frozen=True, slots=True)
class Pool:
    """Names in falling order of frequency, drawn by Zipf's law."""

    names: tuple[str, ...]
    steps: tuple[float, ...]

    @classmethod
    def of(cls, text: str) -> Pool:
        """Read names parted by blanks; an underscore stands for a blank inside one."""
        names = tuple(name.replace("_", " ") for name in text.split())
        return cls(names, tuple(accumulate((rank + 1) ** -SKEW for rank in range(len(names)))))

    def draw(self, rng: Random) -> str:
        """Draw one."""
        return rng.choices(self.names, cum_weights=self.steps)[0]


@dataclass(frozen=True, slots=True)
class Culture:
    """How people of one culture are named.

    `surnames_each` is 2 where both parents' names are borne; `second_given` the share that bears a second given name;
    `patronymic` names a given-name pool whose drawn name becomes the middle one; `gendered` surnames change with sex;
    `single` is the share with one name only, which documents carry as surname.
    """

    female: Pool
    male: Pool
    surnames: Pool
    surnames_each: int = 1
    second_given: float = 0.3
    patronymic: bool = False
    gendered: bool = False
    single: float = 0.0


CULTURES: dict[str, Culture] = {
    "es": Culture(
        female=Pool.of(
            "María Ana Rosa Carmen Gloria Marta Sandra Claudia Patricia Karla Gabriela Daniela Andrea Sofía Verónica"
            " Silvia Elena Isabel Luz Blanca Teresa Juana Margarita Marina Paola Jessica Diana Mónica Yesenia Fátima"
            " Beatriz Cecilia Alejandra Valeria Camila Lucía Guadalupe Norma Irma Reina Dolores Morena Lorena Mirna"
            " Xiomara Vilma Delmy Berta Adriana Carolina Natalia Mariana Ximena Victoria Emilia Julia Raquel Ruth"
            " Rebeca Noemí Esmeralda Wendy Katherine Tatiana Ingrid Brenda Evelyn Roxana Leticia Concepción Elsa"
        ),
        male=Pool.of(
            "José Juan Luis Carlos Manuel Jorge Francisco Mario Miguel Pedro Rafael Roberto Óscar Julio Antonio"
            " Alejandro David Daniel Fernando Ricardo Eduardo Mauricio Salvador Víctor Ángel Jesús Ernesto Edwin"
            " Douglas Wilfredo Ramón Santos Alberto Andrés Diego Sergio Marvin Nelson Kevin Josué Samuel Rodrigo"
            " Gerardo Raúl Saúl Rolando Hugo René Guillermo Gustavo Enrique Felipe Javier Marcos Alfredo Arturo"
            " Armando Rubén Rigoberto Erick Bryan Cristian Moisés Ismael Adán Elías Gabriel Nicolás Tomás Ignacio"
        ),
        surnames=Pool.of(
            "Hernández Martínez López Rodríguez García González Ramírez Pérez Flores Rivera Sánchez Cruz Gómez"
            " Vásquez Reyes Guzmán Mejía Castro Alvarado Orellana Aguilar Chávez Ramos Díaz Ayala Portillo Romero"
            " Torres Morales Escobar Mendoza Rivas Ortiz Jiménez Henríquez Argueta Méndez Santos Guevara Castillo"
            " Molina Campos Bonilla Fuentes Navarro Serrano Vargas Medina Cortez Melgar Quintanilla Zelaya Salazar"
            " Contreras Miranda Lemus Peña Menjívar Barrera Landaverde Figueroa Deras Cáceres Valle Ventura Amaya"
            " Palacios Linares Sorto Villalta Umaña Zepeda Trejo Batres Ochoa Calderón Nolasco Siguenza Funes Burgos"
            " Villatoro Rosales Cornejo Tobar Arias Alfaro Erazo Duarte Osorio Luna Ruiz Álvarez Moreno Muñoz Gutiérrez"
            " Herrera Delgado Vega Soto Suárez Rojas Acosta Cabrera Núñez Ibáñez Pineda Paz De_León De_la_Cruz"
            " De_la_O Monterrosa Avilés Merino Granados Galdámez Berríos Cañas Recinos Chicas Majano Iraheta Marroquín"
        ),
        surnames_each=2,
        second_given=0.75,
    ),
    "en": Culture(
        female=Pool.of(
            "Mary Jennifer Elizabeth Linda Patricia Susan Jessica Sarah Karen Emily Ashley Amanda Melissa Michelle"
            " Laura Rebecca Emma Olivia Sophia Grace Hannah Samantha Rachel Kelly Heather Nicole Megan Lauren Amy"
            " Christine Julie Victoria Charlotte Abigail Natalie Alice Ruth Helen Diane Tracy Brianna Chloe Zoe"
        ),
        male=Pool.of(
            "James Michael John Robert David William Joseph Thomas Christopher Daniel Matthew Anthony Mark Steven"
            " Andrew Paul Joshua Kevin Brian George Timothy Ryan Jason Jeffrey Jacob Eric Jonathan Stephen Justin"
            " Brandon Benjamin Samuel Patrick Alexander Jack Tyler Aaron Nathan Peter Kyle Ethan Noah Liam Sean Ian"
        ),
        surnames=Pool.of(
            "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Jackson Martin Lee"
            " Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker"
            " Nelson Carter Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris"
            " Rogers Reed Cook Morgan Bell Murphy Bailey Cooper Richardson Cox Howard Ward Peterson Gray Watson"
            " Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson Coleman Jenkins Perry Powell Long"
            " Patterson Hughes Washington Butler Simmons Foster Bryant Griffin Hayes O'Brien O'Connor McCarthy Byrne"
            " Fitzgerald Gallagher MacDonald Sullivan Smith-Jones Lloyd-Davies Ashworth Whitfield Hargreaves Pemberton"
        ),
        second_given=0.45,
    ),
    "pt": Culture(
        female=Pool.of(
            "Maria Ana Adriana Juliana Márcia Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Júlia"
            " Luciana Vanessa Mariana Gabriela Vera Larissa Cláudia Beatriz Rafaela Conceição Inês Joana Catarina"
        ),
        male=Pool.of(
            "José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Gabriel Rafael Daniel Marcelo Bruno"
            " Eduardo Felipe Raimundo Rodrigo Manoel Mateus André Fernando Fábio Leonardo Gustavo Tiago Nuno Rui Vasco"
        ),
        surnames=Pool.of(
            "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho"
            " Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques"
            " Machado Mendes Freitas Cardoso Ramos Gonçalves Araújo da_Silva dos_Santos de_Souza Teixeira Correia"
            " Pinto Magalhães Brandão Guimarães Falcão Assunção Simões Figueiredo Azevedo"
        ),
        surnames_each=2,
        second_given=0.4,
    ),
    "ar": Culture(
        female=Pool.of(
            "Fatima Aisha Maryam Zaynab Khadija Layla Nour Huda Amina Samira Rania Salma Yasmin Hanan Mona Dina"
            " Rasha Abeer Lina Noura Sana Iman Nadia Farah"
        ),
        male=Pool.of(
            "Mohammed Ahmed Ali Mahmoud Hassan Hussein Ibrahim Omar Khalid Youssef Abdullah Mustafa Abdulrahman"
            " Khaled Samir Tariq Walid Nabil Karim Faisal Bilal Jamal Rashid Sami Hamza Ziad Majid Nasser Adel"
        ),
        surnames=Pool.of(
            "Al_Masri Hassan Ali Ahmad Khalil Ibrahim Haddad Al_Khatib Mansour Saleh Nasser Hamdan Khoury Al_Rashid"
            " Abdullah Mahmoud Younes Al_Najjar Sharif Darwish Qasim Farouk Al_Sayed Zaidan Habib Aziz Barakat Hijazi"
            " Al_Tamimi Suleiman Daher Issa Al_Ahmad Nassar Awad Jaber Al_Hariri Saab Mourad Fakhoury Rahman"
        ),
        second_given=0.85,
        patronymic=True,
    ),
    "zh": Culture(
        female=Pool.of(
            "Xiuying Min Jing Li Yan Fang Na Juan Xia Lan Yuhan Xinyi Yuting Meiling Xiaoyan Lijuan Shuzhen Yaqin Qian"
            " Hong Ping Xue Jiayi Zihan Ruoxi Wenjing Huiling"
        ),
        male=Pool.of(
            "Wei Qiang Lei Jun Yong Jie Tao Ming Chao Gang Haoran Yuxuan Zihao Jianguo Jianhua Zhiqiang Guoqiang"
            " Xiaoming Weidong Hao Peng Bo Long Feng Bin Hui Chenyu"
        ),
        surnames=Pool.of(
            "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song"
            " Tang Deng Han Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren"
        ),
        second_given=0.0,
    ),
    "ko": Culture(
        female=Pool.of("Ji_Woo Seo_Yeon Min_Ji Soo_Jin Hye_Jin Eun_Ji Young_Hee Mi_Kyung Yu_Na Ha_Eun Ye_Jin Bo_Ram"),
        male=Pool.of(
            "Min_Jun Seo_Jun Ji_Hoon Sung_Min Young_Ho Jae_Hyun Dong_Hyun Tae_Yang Sang_Woo Hyun_Woo Ki_Young"
        ),
        surnames=Pool.of("Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Yoo Hong"),
        second_given=0.0,
    ),
    "fr": Culture(
        female=Pool.of(
            "Marie Nathalie Isabelle Sylvie Catherine Françoise Camille Léa Chloé Manon Emma Hélène Céline Aurélie"
            " Sophie Élodie Juliette Amélie Noémie Margaux"
        ),
        male=Pool.of(
            "Jean Pierre Michel Nicolas Philippe Alain Thomas Julien Antoine François Éric Laurent Olivier Hugo Louis"
            " Lucas Jérôme Benoît Rémi Mathieu"
        ),
        surnames=Pool.of(
            "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia"
            " Roux Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller Faure Mercier Blanc Guérin"
            " Le_Gall De_La_Tour Côté Gagnon Tremblay Bouchard Gauthier Morin Lavoie"
        ),
        second_given=0.35,
    ),
    "de": Culture(
        female=Pool.of(
            "Anna Sabine Petra Monika Ursula Claudia Julia Katharina Lena Lea Birgit Susanne Andrea Heike Jana Käthe"
        ),
        male=Pool.of(
            "Thomas Michael Andreas Peter Stefan Wolfgang Klaus Jürgen Jörg Lukas Felix Jonas Maximilian Günther Björn"
        ),
        surnames=Pool.of(
            "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter"
            " Klein Wolf Schröder Neumann Schwarz Zimmermann Krüger Köhler Weiß Groß von_Berg Jäger Böhm Vogel Krämer"
        ),
        second_given=0.35,
    ),
    "it": Culture(
        female=Pool.of("Maria Anna Giulia Francesca Chiara Sara Laura Martina Elena Valentina Paola Silvia Alessia"),
        male=Pool.of("Giuseppe Marco Andrea Francesco Luca Alessandro Matteo Lorenzo Davide Stefano Paolo Nicolò"),
        surnames=Pool.of(
            "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Costa"
            " Giordano Mancini Rizzo Lombardi Moretti D'Angelo Dell'Acqua Barbieri Fontana Caruso"
        ),
        second_given=0.15,
    ),
    "in": Culture(
        female=Pool.of("Priya Anjali Pooja Neha Kavita Sunita Lakshmi Deepika Asha Meera Divya Sneha Ritu Geeta Aarti"),
        male=Pool.of("Rahul Amit Raj Sanjay Vijay Suresh Rajesh Anil Arjun Vikram Ravi Deepak Manoj Ashok Karthik"),
        surnames=Pool.of(
            "Kumar Singh Sharma Patel Gupta Reddy Nair Das Verma Mehta Joshi Rao Iyer Shah Khan Chaudhary Mishra Yadav"
            " Banerjee Mukherjee Pillai Menon Agarwal Malhotra Kapoor"
            " Desai Bose Chatterjee Naidu Bhat Shetty Trivedi Pandey Saxena Thakur Chauhan Rathore Gill Dhillon"
            " Kulkarni Patil Jain Bhatt Dutta Ghosh Krishnan Subramanian"
        ),
        second_given=0.25,
        single=0.04,
    ),
    "ru": Culture(
        female=Pool.of("Elena Olga Tatiana Natalia Anna Maria Irina Svetlana Ekaterina Yulia Anastasia Ksenia Daria"),
        male=Pool.of("Aleksandr Sergey Dmitry Andrey Aleksey Vladimir Mikhail Ivan Yuri Evgeny Nikolay Pavel Maksim"),
        surnames=Pool.of(
            "Ivanov Smirnov Kuznetsov Popov Vasilyev Petrov Sokolov Mikhaylov Novikov Fyodorov Morozov Volkov Alekseev"
            " Lebedev Semyonov Yegorov Pavlov Kozlov Stepanov Nikolaev Orlov Andreev Makarov Zakharov Zaytsev"
            " Solovyov Borisov Yakovlev Grigoryev Romanov Vorobyov Sergeyev Kuzmin Frolov Aleksandrov Dmitriev Gusev"
        ),
        second_given=0.0,
        gendered=True,
    ),
    "ng": Culture(
        female=Pool.of(
            "Blessing Grace Ngozi Chioma Funke Aisha Amina Ifeoma Yetunde Joy Adaeze Folake Halima Patience"
        ),
        male=Pool.of("Emmanuel Ibrahim Chukwuemeka Oluwaseun Musa Sunday Tunde Chinedu Abdullahi Samuel Obinna Yusuf"),
        surnames=Pool.of(
            "Okafor Adeyemi Ibrahim Musa Okonkwo Eze Abubakar Nwosu Balogun Bello Adebayo Okeke Mohammed Ogunleye Obi"
            " Lawal Chukwu Yusuf Aliyu Oyelaran Sani Umar Okoro Adewale Nnamdi Onyekachi Oladipo Afolabi Igwe Udo"
            " Bassey Effiong Garba Danjuma Shehu Olawale Akinola Ojo Nwachukwu Anyanwu Ekwueme Osagie Idowu Adeleke"
        ),
        second_given=0.5,
    ),
    "id": Culture(
        female=Pool.of(
            "Siti Dewi Sri Nurul Ratna Indah Wulan Ayu Lestari Fitri Putri Yuliana Rina Maya Endang Kartika"
        ),
        male=Pool.of(
            "Budi Agus Muhammad Adi Eko Joko Rizky Bambang Dedi Hendra Slamet Andi Wahyu Fajar Yudi Iwan Teguh"
        ),
        surnames=Pool.of(
            "Suharto Sutrisno Wijaya Setiawan Santoso Saputra Hidayat Gunawan Nugroho Kusuma Susanto Lubis"
            " Siregar Nasution Pranata Firmansyah Kurniawan Suryadi Halim Hartono Wibowo"
        ),
        second_given=0.4,
        single=0.35,
    ),
}

#: What other offices, alphabets and habits make of the same name; each row is one name in several spellings.
VARIANTS: tuple[tuple[str, ...], ...] = (
    ("MOHAMMED", "MUHAMMAD", "MOHAMED", "MOHAMMAD", "MUHAMED"),
    ("AHMED", "AHMAD"),
    ("HUSSEIN", "HUSAYN", "HOSSEIN"),
    ("YOUSSEF", "YUSUF", "YOUSEF", "YUSIF"),
    ("KHALID", "KHALED"),
    ("ABDULRAHMAN", "ABDELRAHMAN", "ABD AL RAHMAN"),
    ("ABDULLAH", "ABDALLAH", "ABDULLA"),
    ("MAHMOUD", "MAHMUD"),
    ("OMAR", "UMAR"),
    ("IBRAHIM", "EBRAHIM"),
    ("SULEIMAN", "SULAYMAN", "SOLIMAN"),
    ("FATIMA", "FATIMAH", "FATMA"),
    ("AISHA", "AYSHA", "AICHA"),
    ("KHADIJA", "KHADIJAH"),
    ("LAYLA", "LEILA", "LAILA"),
    ("ZAYNAB", "ZEINAB", "ZAINAB"),
    ("MARYAM", "MARIAM"),
    ("YOUNES", "YUNUS", "YOUNIS"),
    ("SERGEY", "SERGEI", "SERGUEI"),
    ("ALEKSANDR", "ALEXANDR", "ALEXANDER"),
    ("DMITRY", "DMITRII", "DMITRIY"),
    ("ALEKSEY", "ALEXEI", "ALEKSEI"),
    ("YURI", "IURII", "YURIY"),
    ("EVGENY", "EVGENII", "YEVGENIY"),
    ("NIKOLAY", "NIKOLAI"),
    ("MIKHAIL", "MIKHAYIL"),
    ("YULIA", "IULIIA", "JULIA"),
    ("EKATERINA", "YEKATERINA"),
    ("NATALIA", "NATALYA", "NATALIIA"),
    ("YEGOROV", "EGOROV"),
    ("FYODOROV", "FEDOROV"),
    ("SEMYONOV", "SEMENOV"),
    ("ZHANG", "CHANG"),
    ("ZHOU", "CHOU"),
    ("XU", "HSU"),
    ("CAI", "TSAI"),
    ("ZENG", "TSENG"),
    ("JUNG", "CHUNG", "JEONG"),
    ("LEE", "YI", "RHEE"),
    ("CHOI", "CHOE"),
    ("MULLER", "MUELLER"),
    ("SCHAFER", "SCHAEFER"),
    ("SCHRODER", "SCHROEDER"),
    ("JURGEN", "JUERGEN"),
    ("VASQUEZ", "VAZQUEZ"),
    ("CHAVEZ", "CHAVES"),
    ("CORTEZ", "CORTES"),
    ("YESENIA", "JESSENIA"),
    ("BRYAN", "BRAYAN", "BRIAN"),
    ("ERICK", "ERIK", "ERIC"),
    ("KATHERINE", "CATHERINE", "KATERIN"),
)
